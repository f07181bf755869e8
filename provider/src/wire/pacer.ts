import type { Clock } from "./clock";
import { hasCode } from "./error";

/** How many calls of a kind the server takes in a window. */
export interface Pace {
    calls: number;
    /** In milliseconds. */
    windowMs: number;
    /** How long nothing is sent after the server has refused a call, in milliseconds. */
    pauseMs: number;
}

/** The server's limit for creates, and for starts: each 3 in 10 s for a user. */
export const START_PACE: Pace = { calls: 3, windowMs: 10_000, pauseMs: 10_000 };

/** The limit that all other calls of the experimental API share is 200 in 60 s; some are left to the user's other programs. */
export const SHARED_PACE: Pace = { calls: 180, windowMs: 60_000, pauseMs: 10_000 };

/**
 * The server opens its window when the first call arrives, which is later than when it was sent, by a time that
 * varies. This much longer, in parts of a window, keeps the fourth call out of it.
 */
const MARGIN = 0.015;

/**
 * Sends calls of one kind in the order they came, no faster than the server takes them. It learns from
 * `ResourceExhausted`, which other programs of the same user can cause: then it pauses first.
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
        const { calls, windowMs, pauseMs } = pace;
        this.#pace = { calls, windowMs: windowMs * (1 + MARGIN), pauseMs: pauseMs * (1 + MARGIN) };
        this.#beforeSend = beforeSend;
    }

    /** @param points how many calls the server counts it for */
    async run<T>(send: () => Promise<T>, points = 1): Promise<T> {
        const turn = this.#turn.then(() => this.#wait(points));
        this.#turn = turn;
        await turn;
        this.#beforeSend();
        try {
            return await send();
        } catch (error) {
            if (hasCode(error, "resource_exhausted")) {
                this.#notBefore = this.#clock.now() + this.#pace.pauseMs;
            }
            throw error;
        }
    }

    async #wait(points: number): Promise<void> {
        for (;;) {
            const now = this.#clock.now();
            // The same sum as below: with another one, a rounding could call a window over that is not.
            this.#sent = this.#sent.filter((at) => at + this.#pace.windowMs > now);
            // The last of those that have to leave the window before this one has room in it.
            const before = this.#sent[this.#sent.length + points - this.#pace.calls - 1];
            const due = Math.max(this.#notBefore, before === undefined ? now : before + this.#pace.windowMs);
            if (due <= now) {
                this.#sent.push(...Array<number>(points).fill(now));
                return;
            }
            await this.#clock.sleep(due - now);
        }
    }
}
