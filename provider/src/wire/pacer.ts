import type { Clock } from "./clock";
import { hasCode } from "./error";

/** How many calls of a kind the server takes in a window. */
export interface Pace {
    calls: number;
    /** In milliseconds. */
    windowMs: number;
}

/** The server's limit for creates, and for starts: each 3 in 10 s for a user. */
export const START_PACE: Pace = { calls: 3, windowMs: 10_000 };

/**
 * The server opens its window when the first call arrives, which is later than when it was sent, by a time that
 * varies. This much longer, in parts of a window, keeps the fourth call out of it.
 */
const MARGIN = 0.015;

/**
 * Sends calls of one kind in the order they came, no faster than the server takes them. It learns from
 * `ResourceExhausted`, which other programs of the same user can cause: then a whole window passes first.
 */
export class Pacer {
    readonly #clock: Clock;
    readonly #pace: Pace;
    readonly #beforeSend: () => void;
    /** When the calls of the present window were sent, oldest first. */
    #sent: number[] = [];
    #notBefore = Number.NEGATIVE_INFINITY;
    #turn: Promise<void> = Promise.resolve();

    /** @param beforeSend throws where a call must not be sent after all, however long it has waited */
    constructor(clock: Clock, pace: Pace, beforeSend: () => void) {
        this.#clock = clock;
        this.#pace = { ...pace, windowMs: pace.windowMs * (1 + MARGIN) };
        this.#beforeSend = beforeSend;
    }

    async run<T>(send: () => Promise<T>): Promise<T> {
        const turn = this.#turn.then(() => this.#wait());
        this.#turn = turn;
        await turn;
        this.#beforeSend();
        try {
            return await send();
        } catch (error) {
            if (hasCode(error, "resource_exhausted")) {
                this.#notBefore = this.#clock.now() + this.#pace.windowMs;
            }
            throw error;
        }
    }

    async #wait(): Promise<void> {
        for (;;) {
            const now = this.#clock.now();
            // The same sum as below: with another one, a rounding could call a window over that is not.
            this.#sent = this.#sent.filter((at) => at + this.#pace.windowMs > now);
            const [oldest] = this.#sent;
            const full = oldest !== undefined && this.#sent.length >= this.#pace.calls;
            const due = Math.max(this.#notBefore, full ? oldest + this.#pace.windowMs : now);
            if (due <= now) {
                this.#sent.push(now);
                return;
            }
            await this.#clock.sleep(due - now);
        }
    }
}
