import type { Clock } from "../../../provider/src/wire/clock";

interface Sleeper {
    due: number;
    wake(): void;
}

/** Rounds of the event loop after which whoever could go on has gone on, and waits for time. */
const ROUNDS = 12;

/** A clock that stands still until a test moves it; those who sleep wake in the order of their time. */
export class FakeClock implements Clock {
    #now = 0;
    #sleepers: Sleeper[] = [];

    now(): number {
        return this.#now;
    }

    real(ms: number): number {
        return ms;
    }

    sleep(ms: number, signal?: AbortSignal): Promise<void> {
        return new Promise((resolve, reject) => {
            if (signal?.aborted === true) {
                reject(signal.reason);
                return;
            }
            const sleeper = { due: this.#now + ms, wake: resolve };
            this.#sleepers.push(sleeper);
            signal?.addEventListener("abort", () => {
                this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
                reject(signal.reason);
            });
        });
    }

    /** Lets everything run that does not wait for time. */
    async settle(): Promise<void> {
        for (let round = 0; round < ROUNDS; round++) {
            await new Promise((resolve) => setImmediate(resolve));
        }
    }

    /** Moves on by `ms`, and wakes whoever sleeps no longer than that. */
    async advance(ms: number): Promise<void> {
        const end = this.#now + ms;
        await this.settle();
        for (let due = this.#next(); due !== undefined && due <= end; due = this.#next()) {
            await this.#wakeAt(due);
        }
        this.#now = end;
    }

    /** Moves on as far as `promise` needs, and gives its value or throws its error. */
    async until<T>(promise: Promise<T>): Promise<T> {
        let settled = false;
        const note = (): void => {
            settled = true;
        };
        promise.then(note, note);
        await this.settle();
        while (!settled) {
            const due = this.#next();
            if (due === undefined) {
                throw new Error("the promise waits, but not for time");
            }
            await this.#wakeAt(due);
        }
        return promise;
    }

    #next(): number | undefined {
        return this.#sleepers.length === 0 ? undefined : Math.min(...this.#sleepers.map(({ due }) => due));
    }

    async #wakeAt(due: number): Promise<void> {
        this.#now = Math.max(this.#now, due);
        const awake = this.#sleepers.filter((sleeper) => sleeper.due <= due);
        this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.due > due);
        for (const { wake } of awake) {
            wake();
        }
        await this.settle();
    }
}
