import type { Clock } from "./clock";

interface Answer<T> {
    /** When the question was sent: what the answer says was true then or later. */
    sentAt: number;
    value: Promise<T>;
}

/**
 * One question that many ask: all who ask before it is sent share one answer, and only one is under way at a
 * time. An answer is never older than its question, unless the asker allows for it.
 */
export class Shared<T> {
    readonly #clock: Clock;
    readonly #load: () => Promise<T>;
    readonly #gapMs: number;
    #queued: Promise<T> | undefined;
    #latest: Answer<T> | undefined;

    /** When the last question was sent, also where it failed. */
    #sentAt = Number.NEGATIVE_INFINITY;

    /** @param gapMs how long after a question the next one is sent at the soonest, in milliseconds */
    constructor(clock: Clock, load: () => Promise<T>, gapMs = 0) {
        this.#clock = clock;
        this.#load = load;
        this.#gapMs = gapMs;
    }

    /** An answer to a question that is sent after this call. */
    ask(): Promise<T> {
        this.#queued ??= this.#send();
        return this.#queued;
    }

    /** An answer to a question that was sent after `since`, or else a new one. */
    since(since: number): Promise<T> {
        const latest = this.#latest;
        return latest !== undefined && latest.sentAt > since ? latest.value : this.ask();
    }

    async #send(): Promise<T> {
        await this.#latest?.value.catch(() => {
            // Its own askers hear of it; the next question is a new one.
        });
        const early = this.#sentAt + this.#gapMs - this.#clock.now();
        if (early > 0) {
            await this.#clock.sleep(early);
        }
        // Let everybody join who asks in this turn of the loop.
        await new Promise((resolve) => setImmediate(resolve));
        this.#queued = undefined;
        this.#sentAt = this.#clock.now();
        const value = this.#load();
        const answer = { sentAt: this.#sentAt, value };
        this.#latest = answer;
        value.catch(() => {
            // Nothing to remember.
            if (this.#latest === answer) {
                this.#latest = undefined;
            }
        });
        return value;
    }
}
