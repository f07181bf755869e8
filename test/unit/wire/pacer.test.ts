import { Pacer, SHARED_PACE, START_PACE } from "../../../provider/src/wire/pacer";
import { failure } from "../support/failures";
import { FakeClock } from "../support/fake-clock";

const allow = (): void => undefined;

let clock: FakeClock;
let sent: { name: string; at: number }[];

beforeEach(() => {
    clock = new FakeClock();
    sent = [];
});

/** A call that notes when it was sent. */
const send = (name: string) => async (): Promise<string> => {
    sent.push({ name, at: clock.now() });
    return name;
};

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `call-${index}`);

/** What the server's limiter does: it opens a window at the first call, and lets `calls` of each window through. */
function refusedBy(times: number[]): number {
    let opened = Number.NEGATIVE_INFINITY;
    let inWindow = 0;
    let refused = 0;
    for (const at of times) {
        if (at >= opened + START_PACE.windowMs) {
            opened = at;
            inWindow = 0;
        }
        inWindow += 1;
        refused += inWindow > START_PACE.calls ? 1 : 0;
    }
    return refused;
}

test("16 calls take hardly longer than the limiter's own floor, in their order, and none is refused", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    const all = Promise.all(names(16).map((name) => pacer.run(send(name))));
    expect(await clock.until(all)).toEqual(names(16));
    expect(sent.map(({ name }) => name)).toEqual(names(16));
    // Five windows have to pass before the sixteenth.
    const floor = 5 * START_PACE.windowMs;
    expect(clock.now()).toBeGreaterThanOrEqual(floor);
    expect(clock.now()).toBeLessThanOrEqual(floor * 1.02);
    expect(refusedBy(sent.map(({ at }) => at))).toBe(0);
});

test("the first three go at once, and so do calls after a quiet window", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    await clock.until(Promise.all(names(3).map((name) => pacer.run(send(name)))));
    expect(clock.now()).toBe(0);
    await clock.advance(11_000);
    await clock.until(Promise.all(names(3).map((name) => pacer.run(send(name)))));
    expect(clock.now()).toBe(11_000);
});

test("no three-call window ever holds a fourth, also where calls come in drops", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    const all: Promise<string>[] = [];
    for (const [index, name] of names(12).entries()) {
        all.push(pacer.run(send(name)));
        await clock.advance((index % 4) * 1_700);
    }
    await clock.until(Promise.all(all));
    for (const [index, { at }] of sent.entries()) {
        const fourth = sent[index + 3];
        expect((fourth?.at ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(START_PACE.windowMs);
    }
});

test("a slow answer does not hold up the next call", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    const slow = pacer.run(() => clock.sleep(60_000));
    await clock.until(pacer.run(send("next")));
    expect(sent).toEqual([{ name: "next", at: 0 }]);
    await clock.until(slow);
});

test("a failure is the caller's, and the next call goes on", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    const error = failure("not_found");
    await expect(pacer.run(() => Promise.reject(error))).rejects.toBe(error);
    await clock.until(pacer.run(send("next")));
    expect(clock.now()).toBe(0);
});

test("after an exhausted limit a whole window passes before the next call", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    await clock.advance(500);
    const error = failure("resource_exhausted");
    await expect(pacer.run(() => Promise.reject(error))).rejects.toBe(error);
    await clock.until(pacer.run(send("next")));
    const [next] = sent;
    expect(next?.at).toBeGreaterThanOrEqual(500 + START_PACE.windowMs);
    expect(next?.at).toBeLessThanOrEqual(500 + START_PACE.windowMs * 1.02);
});

test("an exhausted limit also holds back what was queued before", async () => {
    const pacer = new Pacer(clock, START_PACE, allow);
    const refused = pacer.run(async () => {
        await clock.sleep(9_000);
        throw failure("resource_exhausted");
    });
    const queued = names(4).map((name) => pacer.run(send(name)));
    await expect(clock.until(refused)).rejects.toMatchObject({ code: "resource_exhausted" });
    await clock.until(Promise.all(queued));
    // Two went before the refusal was known; the others wait for a window from then on.
    expect(sent.map(({ at }) => at >= 9_000 + START_PACE.windowMs)).toEqual([false, false, true, true]);
});

test("where nothing may be sent any more, the whole queue is dropped", async () => {
    let alive = true;
    const pacer = new Pacer(clock, START_PACE, () => {
        if (!alive) {
            throw new Error("the engine has ended");
        }
    });
    const outcomes = Promise.allSettled(names(8).map((name) => pacer.run(send(name))));
    await clock.advance(1_000);
    expect(sent).toHaveLength(3);
    alive = false;
    const results = await clock.until(outcomes);
    expect(results.map(({ status }) => status)).toEqual([
        ...["fulfilled", "fulfilled", "fulfilled"],
        ...["rejected", "rejected", "rejected", "rejected", "rejected"],
    ]);
    expect(results[7]).toMatchObject({ reason: new Error("the engine has ended") });
    expect(sent).toHaveLength(3);
});

test("calls that count for several leave room for so much less", async () => {
    const pacer = new Pacer(clock, SHARED_PACE, allow);
    const all = Promise.all([
        ...names(59).map((name) => pacer.run(send(name), 3)),
        pacer.run(send("two"), 2),
        pacer.run(send("one more"), 2),
        pacer.run(send("last")),
    ]);
    await clock.until(all);
    // 177 and 2 are in the first window; the next one would be one too many, and nobody overtakes it.
    expect(sent.filter(({ at }) => at === 0)).toHaveLength(60);
    expect(sent.slice(-2).map(({ name }) => name)).toEqual(["one more", "last"]);
    expect(sent.at(-2)?.at).toBeGreaterThanOrEqual(SHARED_PACE.windowMs);
});
