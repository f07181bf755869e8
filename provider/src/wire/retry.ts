import {
    ExponentialBackoff,
    halfJitterGenerator,
    handleWhen,
    type IBackoff,
    type IBackoffFactory,
    type IRetryBackoffContext,
    retry,
} from "cockatiel";
import type { Clock } from "./clock";
import { type ErrorCode, GitpodError, hasCode } from "./error";

/** What a call does to the server, which decides whether it may be sent twice. */
export type Effect =
    /** Changes nothing. */
    | "read"
    /** Sent twice it does the same as sent once: a stop, a start, a delete. */
    | "repeatable"
    /** Sent twice it may do it twice, and nothing acts before the work does. */
    | "once"
    /** The same, but the limit of calls is checked before any work: exhausted means that nothing happened. */
    | "once-limited";

/** Codes after which a call that may be sent twice is sent again. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    // Restarts and overload of the server, and of what stands before it.
    "unavailable",
    // The server's inner connection can be stale; the next call gets a fresh one.
    "internal",
    // Each attempt has its own deadline, so a call that hangs is worth another.
    "deadline_exceeded",
    // The connection broke.
    "aborted",
]);

/**
 * Which failure of which call is worth another attempt.
 *
 * | effect         | again after                                                  | because                                        | an attempt has |
 * |----------------|--------------------------------------------------------------|------------------------------------------------|----------------|
 * | any            | a connection that was never made                             | nothing was sent                               |                |
 * | `read`         | `TRANSIENT`, `unknown` (a proxy's or a crash's page), exhausted | it changes nothing                          | 30 s           |
 * | `repeatable`   | `TRANSIENT`, exhausted                                       | the second does no more than the first         | 60 s           |
 * | `once-limited` | exhausted                                                    | the limiter acts before the work               | 120 s          |
 * | `once`         | nothing                                                      | whether it happened must be found out by a look | 120 s         |
 *
 * At most `REPEATS` times, after `FAULT_PAUSE` or, where the limit is exhausted, `LIMIT_PAUSE`: jittered, growing, and never
 * shorter than what the server asks for. A bad token is never asked for again: `TokenVerdict` sees through the `internal`
 * that the server makes of it.
 */
export function mayRepeat(effect: Effect, error: GitpodError): boolean {
    if (error.neverSent) {
        return true;
    }
    switch (effect) {
        case "read":
            return (
                TRANSIENT.has(error.code) || error.code === "unknown" || error.code === "resource_exhausted"
            );
        case "repeatable":
            return TRANSIENT.has(error.code) || error.code === "resource_exhausted";
        case "once-limited":
            return error.code === "resource_exhausted";
        case "once":
            return false;
    }
}

/** How long one attempt may take, in milliseconds. */
export const DEADLINES: Record<Effect, number> = {
    read: 30_000,
    repeatable: 60_000,
    // The server resolves the repository at its host before it answers a create.
    once: 120_000,
    "once-limited": 120_000,
};

/** Attempts after the first. */
const REPEATS = 5;
/** First and longest pause after a passing fault, in milliseconds. */
const FAULT_PAUSE = { initialDelay: 500, maxDelay: 8_000 };
/** The same where the limit of calls is exhausted: its window is a minute. */
const LIMIT_PAUSE = { initialDelay: 10_000, maxDelay: 30_000 };

/** Jittered pauses that grow; never shorter than what the server asks for. */
function pauses(clock: Clock): IBackoffFactory<IRetryBackoffContext<unknown>> {
    const pause = (
        growing: IBackoff<unknown>,
        { result }: IRetryBackoffContext<unknown>,
    ): IBackoff<IRetryBackoffContext<unknown>> => {
        const hint = "error" in result && result.error instanceof GitpodError ? result.error.retryAfterMs : 0;
        return {
            duration: Math.max(growing.duration, clock.real(hint ?? 0)),
            next: (context) => pause(growing.next(context), context),
        };
    };
    return {
        next: (context) => {
            const { result } = context;
            const exhausted = "error" in result && hasCode(result.error, "resource_exhausted");
            const { initialDelay, maxDelay } = exhausted ? LIMIT_PAUSE : FAULT_PAUSE;
            const growing = new ExponentialBackoff({
                initialDelay: clock.real(initialDelay),
                maxDelay: clock.real(maxDelay),
                generator: halfJitterGenerator,
            });
            return pause(growing.next(), context);
        },
    };
}

/** Calls `attempt` until it succeeds, may not be repeated, or has failed too often. */
export function withRetry<T>(effect: Effect, clock: Clock, attempt: () => Promise<T>): Promise<T> {
    const policy = retry(
        handleWhen((error) => error instanceof GitpodError && mayRepeat(effect, error)),
        { maxAttempts: REPEATS, backoff: pauses(clock) },
    );
    return policy.execute(attempt);
}
