import { realClock } from "../../../provider/src/wire/clock";
import type { ErrorCode } from "../../../provider/src/wire/error";
import { type Effect, mayRepeat, withRetry } from "../../../provider/src/wire/retry";
import { ALL_CODES, failure, neverSent, nodeError } from "../support/failures";

const EFFECTS: Effect[] = ["read", "repeatable", "once-limited", "once"];

describe("which failure of which call is worth another attempt", () => {
    //                     read   repeatable  once-limited  once
    const TABLE: Record<ErrorCode, [boolean, boolean, boolean, boolean]> = {
        canceled: /*           */ [false, false, false, false],
        unknown: /*            */ [true, false, false, false],
        invalid_argument: /*   */ [false, false, false, false],
        deadline_exceeded: /*  */ [true, true, false, false],
        not_found: /*          */ [false, false, false, false],
        already_exists: /*     */ [false, false, false, false],
        permission_denied: /*  */ [false, false, false, false],
        resource_exhausted: /* */ [true, true, true, false],
        failed_precondition: /**/ [false, false, false, false],
        aborted: /*            */ [true, true, false, false],
        out_of_range: /*       */ [false, false, false, false],
        unimplemented: /*      */ [false, false, false, false],
        internal: /*           */ [true, true, false, false],
        unavailable: /*        */ [true, true, false, false],
        data_loss: /*          */ [false, false, false, false],
        unauthenticated: /*    */ [false, false, false, false],
    };
    const cases = ALL_CODES.flatMap((code) =>
        EFFECTS.map((effect, column) => ({ code, effect, again: TABLE[code][column] })),
    );

    test.each(cases)("$code of a $effect call: $again", ({ code, effect, again }) => {
        expect(mayRepeat(effect, failure(code))).toBe(again);
    });

    test.each(cases)("$code of a $effect call that was never sent: true", ({ code, effect }) => {
        expect(mayRepeat(effect, failure(code, { cause: nodeError("ECONNREFUSED") }))).toBe(true);
    });
});

describe("attempts", () => {
    beforeEach(() => {
        jest.useFakeTimers();
    });

    afterEach(() => {
        jest.useRealTimers();
    });

    /** Calls until it is over: when the attempts were, and what came of them. */
    async function calls(
        effect: Effect,
        attempt: (count: number) => string,
        scale = 1,
    ): Promise<{ at: number[]; result: unknown }> {
        const start = Date.now();
        const at: number[] = [];
        const outcome = withRetry(effect, realClock(scale), async () => {
            at.push(Date.now() - start);
            return attempt(at.length);
        }).catch((error: unknown) => error);
        await jest.runAllTimersAsync();
        return { at, result: await outcome };
    }

    const throws = (error: Error) => (): string => {
        throw error;
    };
    const gaps = (at: number[]): number[] => at.slice(1).map((time, index) => time - (at[index] ?? 0));

    test("a success is not repeated", async () => {
        expect(await calls("read", () => "value")).toEqual({ at: [0], result: "value" });
    });

    test.each<[Effect, Error, number]>([
        ["read", failure("unavailable"), 6],
        ["read", failure("resource_exhausted"), 6],
        ["repeatable", failure("internal"), 6],
        ["once-limited", failure("resource_exhausted"), 6],
        ["once", neverSent(), 6],
        ["read", failure("not_found"), 1],
        ["repeatable", failure("unknown"), 1],
        ["once-limited", failure("unavailable"), 1],
        ["once", failure("resource_exhausted"), 1],
        ["read", new Error("no failed call at all"), 1],
    ])(
        "a %s call that always fails with %s is tried %d times, and its error is given back",
        async (effect, error, attempts) => {
            const { at, result } = await calls(effect, throws(error));
            expect(at).toHaveLength(attempts);
            expect(result).toBe(error);
        },
    );

    test("the attempts end at the first success", async () => {
        const { at, result } = await calls("read", (count) => {
            if (count < 3) {
                throw failure("unavailable");
            }
            return "late";
        });
        expect(at).toHaveLength(3);
        expect(result).toBe("late");
    });

    test("the attempts end at the first failure that stays", async () => {
        const { at, result } = await calls("read", (count) => {
            throw failure(count < 2 ? "unavailable" : "permission_denied");
        });
        expect(at).toHaveLength(2);
        expect(result).toMatchObject({ code: "permission_denied" });
    });

    test("the pauses after a passing fault grow, jittered, to at most 8 s", async () => {
        const pauses = gaps((await calls("read", throws(failure("unavailable")))).at);
        const ceilings = [500, 1_000, 2_000, 4_000, 8_000];
        for (const [index, ceiling] of ceilings.entries()) {
            expect(pauses[index]).toBeLessThanOrEqual(ceiling);
            expect(pauses[index]).toBeGreaterThanOrEqual(ceiling / 2 - 1);
        }
    });

    test("where the limit of calls is exhausted they are long enough for its window of a minute", async () => {
        const pauses = gaps((await calls("read", throws(failure("resource_exhausted")))).at);
        expect(Math.min(...pauses)).toBeGreaterThanOrEqual(4_999);
        expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
        expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(60_000);
    });

    test.each(["0.1", "3.5", "45"])(
        "no pause is shorter than the %s s that the server asks for",
        async (seconds) => {
            const error = failure("resource_exhausted", { headers: { "retry-after": seconds } });
            for (const pause of gaps((await calls("read", throws(error))).at)) {
                expect(pause).toBeGreaterThanOrEqual(Number(seconds) * 1_000);
            }
        },
    );

    test("a hint that comes later in the row counts too", async () => {
        const pauses = gaps(
            (
                await calls("read", (count) => {
                    throw failure("unavailable", count < 3 ? {} : { headers: { "retry-after": "20" } });
                })
            ).at,
        );
        expect(pauses[1]).toBeLessThanOrEqual(1_000);
        expect(pauses[2]).toBeGreaterThanOrEqual(20_000);
    });

    test("an absurd hint does not turn into no pause at all", async () => {
        const error = failure("unavailable", { headers: { "retry-after": "1e9" } });
        for (const pause of gaps((await calls("read", throws(error))).at)) {
            expect(pause).toBeGreaterThanOrEqual(249);
        }
    });

    test("a faster clock shrinks every pause alike", async () => {
        const error = failure("resource_exhausted", { headers: { "retry-after": "40" } });
        for (const pause of gaps((await calls("read", throws(error), 0.01)).at)) {
            expect(pause).toBeGreaterThanOrEqual(400);
            expect(pause).toBeLessThan(1_000);
        }
    });
});
