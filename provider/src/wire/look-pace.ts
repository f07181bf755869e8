import type { Clock } from "./clock";

/** In the long run waits are answered this often, in milliseconds: 60 calls a minute of the 200 that a user has for everything. */
export const TICK_MS = 1_000;
/** Soon after a write, which may take effect at once, waits are answered this much sooner, in milliseconds. */
export const SOON_MS = 200;
/** So many looks may come sooner than a tick after the one before; each tick gives one back. No minute holds more than 60 and these. */
const SOONER = 6;
/** The looks of others, such as those for marks, do not wait. Until they are paid for, those who wait look this often, in milliseconds. */
const IN_DEBT_MS = 1_500;
/** So many looks may be owed, and no more are ever made up for. */
const MAX_DEBT = 20;

/**
 * When those who wait may look again: a while after the look before that grows with the age of the last write, from
 * {@link SOON_MS} to {@link TICK_MS}. Who else looks, counts.
 */
export class LookPace {
    readonly #clock: Clock;
    #lastLook = Number.NEGATIVE_INFINITY;
    #lastWrite = Number.NEGATIVE_INFINITY;
    /** When all looks are paid for, at one a tick. */
    #paidAt = Number.NEGATIVE_INFINITY;

    constructor(clock: Clock) {
        this.#clock = clock;
    }

    wrote(): void {
        this.#lastWrite = this.#clock.now();
    }

    looked(): void {
        const now = this.#clock.now();
        this.#lastLook = now;
        this.#paidAt = Math.min(Math.max(this.#paidAt, now) + TICK_MS, now + (SOONER + MAX_DEBT) * TICK_MS);
    }

    /** How long until the next look may be sent; not over 0 where it may be now. */
    due(): number {
        const age = this.#lastLook - this.#lastWrite;
        const pause = Math.min(Math.max(age, SOON_MS), TICK_MS);
        const paid = this.#paidAt - (SOONER - 1) * TICK_MS;
        const next = Math.max(this.#lastLook + pause, Math.min(paid, this.#lastLook + IN_DEBT_MS));
        return next - this.#clock.now();
    }
}
