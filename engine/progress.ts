export type Log = (line: string) => void;

/** Says regularly that the work still goes on: a silent minute looks like a hang. */
export async function withProgress<T>(
    log: Log,
    what: string,
    work: () => Promise<T>,
    everyMs = 15_000,
): Promise<T> {
    const started = Date.now();
    const timer = setInterval(() => {
        log(`${what}: ${Math.round((Date.now() - started) / 1000)} s so far`);
    }, everyMs);
    try {
        return await work();
    } finally {
        clearInterval(timer);
    }
}
