import { ORG, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

let { clock, client, observer }: FakeRuntime = fakeRuntime();

beforeEach(() => {
    ({ clock, client, observer } = fakeRuntime());
    for (const id of ["w-0", "w-1"]) {
        client.put(workspaceIn(id, "RUNNING"));
    }
});

/** Somebody who waits for so many looks, as a drive does. */
async function waiter(id: string, looks: number): Promise<void> {
    for (let look = 0; look < looks; look++) {
        await observer.next(id, ORG);
    }
}

test("a list that somebody else asks for answers them, too", async () => {
    await clock.until(observer.listing(ORG));
    const waiting = Promise.all([observer.next("w-0", ORG), observer.next("w-1", ORG)]);
    await clock.advance(400);
    const listed = observer.listing(ORG);
    expect((await clock.until(waiting)).map((workspace) => workspace?.id)).toEqual(["w-0", "w-1"]);
    await listed;
    expect(client.times("listWorkspaces")).toEqual([0, 400]);
});

test("soon after a write they look sooner, and then less and less often", async () => {
    await clock.advance(5_000);
    observer.wrote();
    await clock.until(waiter("w-0", 7));
    const times = client.times("getWorkspace").map((at) => at - 5_000);
    expect(times).toEqual([0, 200, 400, 800, 1_600, 2_600, 3_600]);
});

test("however often something is written, a minute holds no more than 66 reads of any kind", async () => {
    await clock.until(Promise.all([observer.user(), observer.teams(), observer.classes()]));
    const waiting = [waiter("w-0", 1_000), waiter("w-1", 1_000)];
    for (let second = 0; second < 180; second++) {
        observer.wrote();
        await clock.advance(1_000);
    }
    const times = client.calls.map(({ at }) => at);
    const within = times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length);
    expect(Math.max(...within)).toBeLessThanOrEqual(66);
    // All the looks are used, that the short pauses after a write ask for.
    expect(times.length).toBeGreaterThanOrEqual(180);
    expect(waiting).toHaveLength(2);
});

test("the looks of others count: after many of them, those who wait look less often until they are made up for", async () => {
    for (let look = 0; look < 16; look++) {
        await clock.until(observer.listing(ORG));
        await clock.advance(200);
    }
    const waiting = [waiter("w-0", 1_000), waiter("w-1", 1_000)];
    await clock.advance(120_000);
    const times = client.times("listWorkspaces");
    expect(times.filter((at) => at < 60_000).length).toBeLessThanOrEqual(66);
    const late = times.filter((at) => at >= 60_000);
    expect((late[1] ?? 0) - (late[0] ?? 0)).toBe(1_000);
    expect(Math.max(...times.map((at, index) => at - (times[index - 1] ?? 0)))).toBe(1_500);
    expect(waiting).toHaveLength(2);
});
