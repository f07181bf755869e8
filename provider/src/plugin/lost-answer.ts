import { type ErrorCode, GitpodError } from "../wire/error";
import { TICK_MS } from "../wire/look-pace";
import { toError } from "./bag";
import type { Runtime } from "./runtime";

/** Answers that the server gives when it has done what it would do; after any other it may still be at work. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    "invalid_argument",
    "not_found",
    "already_exists",
    "permission_denied",
    "resource_exhausted",
    "failed_precondition",
    "out_of_range",
    "unimplemented",
    "unauthenticated",
]);

/**
 * How long after its deadline a call is still looked for, in milliseconds: the server goes on with what nobody waits for
 * any more, and what it makes after the last look the next run might make again.
 */
const LATE_MS = 30_000;

/** What to do about a create that the next run can look for. */
export const LOOKS_FIRST = "Run `pulumi up` again, which looks for it first";

/**
 * Looks for what a failed create may have made all the same: once after a final answer, else each tick until the
 * deadline of the call has passed for good. Returns what `find` found, or throws the error of the create.
 *
 * @param whatNext what to do where nothing can be seen
 */
export async function lookAfter<T>(
    { clock, observer }: Runtime,
    error: unknown,
    deadline: number,
    find: () => Promise<T | undefined>,
    whatNext: string,
): Promise<T> {
    const final = error instanceof GitpodError && FINAL.has(error.code);
    for (;;) {
        const last = final || clock.now() >= deadline + LATE_MS;
        try {
            observer.wrote();
            const found = await find();
            if (found !== undefined) {
                return found;
            }
        } catch (unseen) {
            if (last || !(unseen instanceof GitpodError)) {
                throw new Error(
                    `${toError(error).message}\nWhether it was made all the same can't be seen now: ${toError(unseen).message}\n${whatNext}`,
                    { cause: error },
                );
            }
        }
        if (last) {
            throw error;
        }
        await clock.sleep(TICK_MS);
    }
}

const turns = new Map<string, Promise<unknown>>();

/** Runs what is asked for under the same key one after the other. */
export function oneAtATime<T>(key: string, run: () => Promise<T>): Promise<T> {
    const turn = (turns.get(key) ?? Promise.resolve()).then(run, run);
    turns.set(key, turn);
    return turn;
}
