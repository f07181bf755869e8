/** The value below which this part of the values lies; `NaN` of none. */
export function quantile(values: readonly number[], part: number): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
    return quantile(values, 0.5);
}

export function rounded(value: number, digits = 2): number {
    return Number(value.toFixed(digits));
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** The most that any stretch of this length held of events at these times, which are in their order. */
export function mostWithin(times: readonly number[], lengthMs: number): number {
    let most = 0;
    let first = 0;
    times.forEach((time, index) => {
        while ((times[first] ?? time) <= time - lengthMs) {
            first += 1;
        }
        most = Math.max(most, index - first + 1);
    });
    return most;
}
