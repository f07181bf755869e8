/** Time as the provider sees it: everything that waits takes one of these, so that a test can bring its own. */
export interface Clock {
    /** Milliseconds since some fixed moment. */
    now(): number;
    /** Resolves after `ms`; rejects with the signal's reason when that is aborted first. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
    /** Real milliseconds for `ms` of this clock: for timers that a library owns. */
    real(ms: number): number;
}

/** A longer timer than this, 24 days, would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The real clock, `scale` times as fast to wait for: at 0.1 a pause of 10 s takes 1 s. One factor shrinks
 * every interval alike, so that tests keep the proportions of the real limits.
 */
export function realClock(scale = 1): Clock {
    return {
        now: () => performance.now() / scale,
        real: (ms) => ms * scale,
        sleep: (ms, signal) =>
            new Promise((resolve, reject) => {
                if (signal?.aborted === true) {
                    reject(signal.reason);
                    return;
                }
                const onAbort = (): void => {
                    clearTimeout(timer);
                    reject(signal?.reason);
                };
                const timer = setTimeout(
                    () => {
                        signal?.removeEventListener("abort", onAbort);
                        resolve();
                    },
                    Math.min(ms * scale, LONGEST_TIMER_MS),
                );
                signal?.addEventListener("abort", onAbort, { once: true });
            }),
    };
}
