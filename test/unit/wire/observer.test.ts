import type { RecentPresence } from "../../../provider/src/wire/listing";
import { failure } from "../support/failures";
import { ORG, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const OTHER_ORG = "5c7d0f3e-8a61-4c1b-9b1e-2f4a6d8c0e13";

let { clock, client, observer }: FakeRuntime = fakeRuntime();

beforeEach(() => {
    ({ clock, client, observer } = fakeRuntime());
});

const ids = (count: number, name = "w"): string[] =>
    Array.from({ length: count }, (_, index) => `${name}-${index}`);

/** Puts workspaces there that all run. */
function running(count: number, name?: string): string[] {
    return ids(count, name).map((id) => client.put(workspaceIn(id, "RUNNING")).id);
}

/** Somebody who waits for `ticks` ticks, as a drive does. */
async function waiter(id: string, ticks: number, organizationId = ORG): Promise<number> {
    let seen = 0;
    for (let tick = 0; tick < ticks; tick++) {
        seen += (await observer.next(id, organizationId))?.id === id ? 1 : 0;
    }
    return seen;
}

describe("those who wait for a workspace to change", () => {
    test("one asks for its workspace alone, once a tick", async () => {
        running(3);
        expect(await clock.until(waiter("w-1", 5))).toBe(5);
        expect(client.times("getWorkspace")).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
        expect(client.times("listWorkspaces")).toEqual([]);
    });

    test.each([2, 16, 100])("%d of one organization cost one list a tick", async (count) => {
        const seen = await clock.until(
            // A page of 100 would be full.
            Promise.all(running(Math.min(count, 99)).map((id) => waiter(id, 5))),
        );
        expect(new Set(seen)).toEqual(new Set([5]));
        expect(client.times("listWorkspaces")).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
        expect(client.calls).toHaveLength(5);
    });

    test("two for the same workspace share a get", async () => {
        running(1);
        await clock.until(Promise.all([waiter("w-0", 3), waiter("w-0", 3)]));
        expect(client.times("getWorkspace")).toEqual([0, 1_000, 2_000]);
    });

    test.each([
        [1, 1],
        [3, 20],
        [12, 5],
    ])(
        "%d organizations with %d waiters each share the calls of a minute",
        async (organizations, waiters) => {
            running(organizations * waiters);
            const waiting: Promise<number>[] = [];
            for (let organization = 0; organization < organizations; organization++) {
                for (let index = 0; index < waiters; index++) {
                    waiting.push(waiter(`w-${index}`, 1_000, `org-${organization}`));
                }
            }
            await clock.advance(60_000);
            expect(client.calls.length).toBeLessThanOrEqual(66);
            expect(client.calls.length).toBeGreaterThanOrEqual(60);
            // The oldest question goes first, so that each organization has its turn.
            const asked = client.calls.map(({ argument }) => argument);
            expect(new Set(asked).size).toBe(organizations === 1 ? 1 : organizations);
        },
    );

    test("other lists count: the next tick comes a tick after them", async () => {
        running(2);
        await clock.until(observer.listing(ORG));
        await clock.advance(400);
        await clock.until(Promise.all([waiter("w-0", 1), waiter("w-1", 1)]));
        expect(client.times("listWorkspaces")).toEqual([0, 1_000]);
    });

    test("a slow answer does not hold up the next tick", async () => {
        running(2);
        const slow = jest.spyOn(client, "getWorkspace").mockImplementationOnce(async () => {
            await clock.sleep(30_000);
            return workspaceIn("w-0", "RUNNING");
        });
        const first = waiter("w-0", 1);
        await clock.settle();
        await clock.until(waiter("w-1", 1));
        expect(clock.now()).toBe(1_000);
        expect(slow).toHaveBeenCalledTimes(2);
        await clock.until(first);
    });

    test("a call that fails is an error to its askers, and the next tick goes on", async () => {
        running(2);
        client.fail("listWorkspaces", failure("unavailable"));
        const failing = Promise.allSettled([observer.next("w-0", ORG), observer.next("w-1", ORG)]);
        await clock.settle();
        const later = Promise.all([observer.next("w-0", ORG), observer.next("w-1", ORG)]);
        expect(await clock.until(failing)).toEqual([
            { status: "rejected", reason: expect.objectContaining({ code: "unavailable" }) },
            { status: "rejected", reason: expect.objectContaining({ code: "unavailable" }) },
        ]);
        expect(await clock.until(later)).toHaveLength(2);
        expect(client.times("listWorkspaces")).toEqual([0, 1_000]);
    });

    test("a workspace that a whole list lacks is not there", async () => {
        running(1);
        const seen = Promise.all([observer.next("w-0", ORG), observer.next("lost", ORG)]);
        expect(await clock.until(seen)).toEqual([workspaceIn("w-0", "RUNNING"), undefined]);
    });

    test("a full page can't tell: who is not in it is asked for alone, at the next tick", async () => {
        running(103);
        const seen = Promise.all(["w-5", "w-100", "w-102"].map((id) => observer.next(id, ORG)));
        const found = (await clock.until(seen)).map((workspace) => workspace?.id);
        expect(found).toEqual(["w-5", "w-100", "w-102"]);
        expect(client.calls.map(({ method, at }) => [method, at])).toEqual([
            ["listWorkspaces", 0],
            // Not served, which is asked once.
            ["listWorkspacesV1", 0],
            ["getWorkspace", 1_000],
            ["getWorkspace", 2_000],
        ]);
    });

    test("one that a full page does not show and nobody knows is an error to its asker only", async () => {
        running(100);
        const seen = Promise.allSettled([observer.next("w-0", ORG), observer.next("lost", ORG)]);
        expect(await clock.until(seen)).toMatchObject([
            { status: "fulfilled" },
            { status: "rejected", reason: { code: "not_found" } },
        ]);
    });
});

describe("whether a workspace is there", () => {
    test("a list shows it", async () => {
        running(2);
        const presence = await clock.until(observer.presence("w-1", ORG));
        expect(presence).toEqual({ kind: "listed", workspace: workspaceIn("w-1", "RUNNING") });
    });

    test("a list that is not full, and lacks it, proves that it is not", async () => {
        running(99);
        expect(await clock.until(observer.presence("lost", ORG))).toEqual({ kind: "absent" });
    });

    test.each<[string, string[] | undefined, string]>([
        ["the longer list shows it", [...ids(120), "w-beyond"], "listed"],
        ["the longer list lacks it", ids(120), "absent"],
        ["the longer list is full too", ids(400), "undecided"],
        ["the longer list is not served", undefined, "undecided"],
    ])("a full page proves nothing; %s", async (_, idsV1, kind) => {
        running(100);
        client.put(workspaceIn("w-beyond", "STOPPED"));
        client.idsV1 = idsV1;
        expect(await clock.until(observer.presence("w-beyond", ORG))).toMatchObject({ kind });
    });

    test("that the longer list is not served is asked once a process", async () => {
        running(100);
        for (let time = 0; time < 3; time++) {
            await clock.until(observer.presence("w-beyond", ORG));
        }
        expect(client.times("listWorkspacesV1")).toHaveLength(1);
    });

    test("the longer list needs an organization, so without one a full page stays undecided", async () => {
        running(100);
        client.idsV1 = ids(3);
        expect(await clock.until(observer.presence("lost", ""))).toEqual({ kind: "undecided" });
        expect(client.times("listWorkspacesV1")).toEqual([]);
    });

    test("a list that fails is an error, never an absence", async () => {
        client.fail("listWorkspaces", failure("permission_denied"));
        await expect(clock.until(observer.presence("w", ORG))).rejects.toMatchObject({
            code: "permission_denied",
        });
    });

    test("a longer list that fails is an error too", async () => {
        running(100);
        client.fail("listWorkspacesV1", failure("internal"));
        await expect(clock.until(observer.presence("lost", ORG))).rejects.toMatchObject({ code: "internal" });
    });

    test("is asked anew by each who acts on the answer", async () => {
        running(1);
        await clock.until(observer.presence("w-0", ORG));
        await clock.until(observer.presence("w-0", ORG));
        expect(client.times("listWorkspaces")).toHaveLength(2);
    });
});

describe("a refresh", () => {
    const lists = (): number => client.times("listWorkspaces").length;
    const recent = (id: string, organizationId = ORG): Promise<RecentPresence> =>
        observer.recentPresence(id, organizationId, ({ instance }) => instance?.phase === "RUNNING");

    test("of a hundred workspaces in waves takes one list", async () => {
        running(99);
        for (let wave = 0; wave < 5; wave++) {
            await clock.until(Promise.all(ids(20).map((id) => recent(id))));
            await clock.advance(900);
        }
        expect(lists()).toBe(1);
    });

    test("takes an answer that is up to 5 s old", async () => {
        await clock.until(recent("w"));
        await clock.advance(4_999);
        await clock.until(recent("w"));
        expect(lists()).toBe(1);
        await clock.advance(1);
        await clock.until(recent("w"));
        expect(lists()).toBe(2);
    });

    test("takes none from before a write of this process", async () => {
        await clock.until(recent("w"));
        await clock.advance(10);
        observer.wrote();
        await clock.advance(10);
        await clock.until(recent("w"));
        expect(lists()).toBe(2);
        await clock.advance(10);
        await clock.until(recent("w"));
        expect(lists()).toBe(2);
    });

    test("asks only for those whom a full page does not show and whom the longer list shows changed", async () => {
        client.idsV1 = running(300);
        client.put(workspaceIn("w-250", "STOPPED"));
        const seen = await clock.until(Promise.all(ids(300).map((id) => recent(id))));
        expect(seen.filter(({ kind }) => kind === "unchanged")).toHaveLength(199);
        expect(seen[250]).toEqual({ kind: "listed", workspace: workspaceIn("w-250", "STOPPED") });
        expect(client.calls.map(({ method }) => method)).toEqual([
            "listWorkspaces",
            "listWorkspacesV1",
            "getWorkspace",
        ]);
    });

    test("never takes another organization's", async () => {
        await clock.until(recent("w"));
        await clock.until(recent("w", OTHER_ORG));
        expect(client.calls.map(({ argument }) => argument)).toEqual([ORG, OTHER_ORG]);
    });
});

describe("what is asked once a process", () => {
    test.each(["whoAmI", "listWorkspaceClasses"] as const)("%s", async (method) => {
        const ask = (): Promise<unknown> => (method === "whoAmI" ? observer.user() : observer.classes());
        client.fail(method, failure("unavailable"));
        // A failure is not remembered.
        await expect(clock.until(ask())).rejects.toMatchObject({ code: "unavailable" });
        await clock.until(Promise.all([ask(), ask()]));
        await clock.advance(3_600_000);
        await clock.until(ask());
        expect(client.times(method)).toHaveLength(2);
    });
});
