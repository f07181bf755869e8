/** The longest delay that Node's timers take; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Timers that end with the emulator and never keep the process alive. */
export class Timers {
    private readonly running = new Set<NodeJS.Timeout>();

    /** Calls `work` later, never at once, even for 0 ms. Returns what cancels it. */
    after(ms: number, work: () => void): () => void {
        const timer = setTimeout(
            () => {
                this.running.delete(timer);
                work();
            },
            Math.min(ms, LONGEST_DELAY_MS),
        );
        timer.unref();
        this.running.add(timer);
        return () => {
            clearTimeout(timer);
            this.running.delete(timer);
        };
    }

    sleep(ms: number): Promise<void> {
        return new Promise((resolve) => this.after(ms, resolve));
    }

    close(): void {
        for (const timer of this.running) {
            clearTimeout(timer);
        }
        this.running.clear();
    }
}
