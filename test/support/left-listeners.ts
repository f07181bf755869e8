type Listener = (...values: unknown[]) => void;

const events = ["uncaughtException", "unhandledRejection"];

/** The listeners that the runs of this file have put on `process`. */
const left: { event: string; listener: Listener }[] = [];

/**
 * The SDK listens on `process` while a program runs. Where a resource fails the program never ends for it, and its
 * listeners stay: they would pile up, and hide errors of later tests. They may still have to take the last rejections of
 * their own run, so they are dropped when the next one begins, and at the end of the file.
 */
export function dropLeftListeners(): void {
    for (const { event, listener } of left.splice(0)) process.removeListener(event, listener);
}

/** Notes which listeners the work adds. One run at a time: two at once would drop each other's. */
export async function notingListeners<T>(work: () => Promise<T>): Promise<T> {
    const note = (event: string | symbol, listener: Listener) => {
        if (events.includes(String(event))) left.push({ event: String(event), listener });
    };
    process.on("newListener", note);
    try {
        return await work();
    } finally {
        process.off("newListener", note);
    }
}
