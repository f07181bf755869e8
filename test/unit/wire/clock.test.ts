import { realClock } from "../../../provider/src/wire/clock";

beforeEach(() => {
    jest.useFakeTimers();
});

afterEach(() => {
    jest.useRealTimers();
});

/** Whether a promise has been settled, and how. */
function watch(promise: Promise<void>): { outcome: string } {
    const seen = { outcome: "pending" };
    promise.then(
        () => {
            seen.outcome = "resolved";
        },
        (reason: unknown) => {
            seen.outcome = `rejected with ${String(reason)}`;
        },
    );
    return seen;
}

test.each([
    [1, 10_000],
    [0.1, 1_000],
    [0.01, 100],
])("at scale %d ten seconds take %d real milliseconds", async (scale, real) => {
    const clock = realClock(scale);
    expect(clock.real(10_000)).toBeCloseTo(real);
    const start = clock.now();
    const sleep = watch(clock.sleep(10_000));
    await jest.advanceTimersByTimeAsync(real - 1);
    expect(sleep.outcome).toBe("pending");
    await jest.advanceTimersByTimeAsync(1);
    expect(sleep.outcome).toBe("resolved");
    expect(clock.now() - start).toBeCloseTo(10_000, -1);
});

test("an abort ends the sleep with its reason, and leaves no timer", async () => {
    const abort = new AbortController();
    const sleep = watch(realClock().sleep(10_000, abort.signal));
    abort.abort("enough");
    await jest.advanceTimersByTimeAsync(0);
    expect(sleep.outcome).toBe("rejected with enough");
    expect(jest.getTimerCount()).toBe(0);
});

test("who was aborted before does not sleep at all", async () => {
    const sleep = watch(realClock().sleep(10_000, AbortSignal.abort("before")));
    await jest.advanceTimersByTimeAsync(0);
    expect(sleep.outcome).toBe("rejected with before");
    expect(jest.getTimerCount()).toBe(0);
});

test("an abort after the sleep does nothing", async () => {
    const abort = new AbortController();
    const sleep = watch(realClock().sleep(10, abort.signal));
    await jest.advanceTimersByTimeAsync(10);
    abort.abort("late");
    await jest.advanceTimersByTimeAsync(0);
    expect(sleep.outcome).toBe("resolved");
});

test("a sleep longer than a timer can count does not end at once", async () => {
    const sleep = watch(realClock().sleep(1_000 * 3_600_000));
    await jest.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(sleep.outcome).toBe("pending");
});
