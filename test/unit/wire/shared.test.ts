import { Shared } from "../../../provider/src/wire/shared";
import { FakeClock } from "../support/fake-clock";

let clock: FakeClock;
/** The questions that were sent, each to be answered by the test. */
let questions: { at: number; answer(value: string): void; fail(error: Error): void }[];
let shared: Shared<string>;

beforeEach(() => {
    clock = new FakeClock();
    questions = [];
    shared = new Shared(
        clock,
        () =>
            new Promise<string>((resolve, reject) => {
                questions.push({ at: clock.now(), answer: resolve, fail: reject });
            }),
    );
});

async function answer(index: number, value: string): Promise<void> {
    await clock.settle();
    questions[index]?.answer(value);
    await clock.settle();
}

async function fail(index: number, error: Error): Promise<void> {
    await clock.settle();
    questions[index]?.fail(error);
    await clock.settle();
}

test("all who ask in one turn share one question", async () => {
    const asked = Promise.all([shared.ask(), shared.ask(), shared.ask()]);
    await answer(0, "one");
    expect(await asked).toEqual(["one", "one", "one"]);
    expect(questions).toHaveLength(1);
});

test("who asks while a question is under way gets a later one, for its answer may be older than the asker", async () => {
    const first = shared.ask();
    await clock.settle();
    const later = Promise.all([shared.ask(), shared.ask()]);
    await clock.settle();
    // One question at a time.
    expect(questions).toHaveLength(1);
    await answer(0, "old");
    await answer(1, "new");
    expect(await first).toBe("old");
    expect(await later).toEqual(["new", "new"]);
    expect(questions).toHaveLength(2);
});

test("a failure is told to its askers, and the next asker asks again", async () => {
    const error = new Error("down");
    const asked = Promise.allSettled([shared.ask(), shared.ask()]);
    await fail(0, error);
    expect(await asked).toEqual([
        { status: "rejected", reason: error },
        { status: "rejected", reason: error },
    ]);
    const next = shared.ask();
    await answer(1, "up again");
    expect(await next).toBe("up again");
});

test("a failure does not reach those who wait behind it", async () => {
    const first = expect(shared.ask()).rejects.toThrow("down");
    await clock.settle();
    const second = shared.ask();
    await fail(0, new Error("down"));
    await answer(1, "up again");
    await first;
    expect(await second).toBe("up again");
});

test("a question that throws before it is sent is a failure too", async () => {
    let broken = true;
    const fragile = new Shared<string>(clock, () => {
        if (broken) {
            throw new Error("not even sent");
        }
        return Promise.resolve("sent");
    });
    await expect(fragile.ask()).rejects.toThrow("not even sent");
    broken = false;
    expect(await fragile.ask()).toBe("sent");
});

describe("an asker that takes an answer since some time", () => {
    /** One question sent at 1000 ms, and answered. */
    async function answeredAt1000(): Promise<void> {
        await clock.advance(1_000);
        const asked = shared.ask();
        await answer(0, "at 1000");
        await asked;
        await clock.advance(500);
    }

    test.each([
        [Number.NEGATIVE_INFINITY, 1],
        [999, 1],
        [1_000, 2],
        [1_400, 2],
    ])("since %d: %d questions in all", async (since, count) => {
        await answeredAt1000();
        const asked = shared.since(since);
        await answer(1, "at 1500");
        expect(await asked).toBe(count === 1 ? "at 1000" : "at 1500");
        expect(questions).toHaveLength(count);
    });

    test("joins a question that is under way, if it was sent late enough", async () => {
        const first = shared.ask();
        await clock.settle();
        await clock.advance(100);
        const joined = shared.since(-1);
        await answer(0, "one");
        expect(await Promise.all([first, joined])).toEqual(["one", "one"]);
        expect(questions).toHaveLength(1);
    });

    test("does not take a failure for an answer", async () => {
        const failed = expect(shared.since(Number.NEGATIVE_INFINITY)).rejects.toThrow("down");
        await fail(0, new Error("down"));
        await failed;
        const again = shared.since(Number.NEGATIVE_INFINITY);
        await answer(1, "up");
        expect(await again).toBe("up");
    });

    test("asks where nobody has asked yet", async () => {
        const asked = shared.since(Number.NEGATIVE_INFINITY);
        await answer(0, "first");
        expect(await asked).toBe("first");
    });
});

test("with a gap, a question comes no sooner than that after the one before, also after one that failed", async () => {
    const gapped = new Shared<number>(
        clock,
        async () => {
            times.push(clock.now());
            if (times.length === 1) {
                throw new Error("down");
            }
            return clock.now();
        },
        200,
    );
    const times: number[] = [];
    await expect(clock.until(gapped.ask())).rejects.toThrow("down");
    const asked = gapped.ask();
    await clock.advance(150);
    // Whoever asks meanwhile is answered by it, too.
    expect(await clock.until(Promise.all([asked, gapped.ask()]))).toEqual([200, 200]);
    await clock.advance(1_000);
    expect(await clock.until(gapped.ask())).toBe(1_200);
    expect(times).toEqual([0, 200, 1_200]);
});
