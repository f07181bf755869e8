import type { Phase, Workspace } from "../../../provider/src/wire/domain";
import { Observer } from "../../../provider/src/wire/observer";
import { failure } from "../support/failures";
import { FakeClient, ORG, workspaceIn } from "../support/fake-client";
import { FakeClock } from "../support/fake-clock";

let clock: FakeClock;
let client: FakeClient;
let observer: Observer;

beforeEach(() => {
    clock = new FakeClock();
    client = new FakeClient(clock);
    observer = new Observer(client, clock);
});

/** Puts workspaces there that all run. */
function running(count: number): string[] {
    return Array.from({ length: count }, (_, index) => client.put(workspaceIn(`w-${index}`, "RUNNING")).id);
}

describe("whom a full page does not show, where there is a longer list", () => {
    const next = (id: string, phase: Phase): Promise<Workspace | undefined> =>
        observer.next(id, ORG, workspaceIn(id, phase));
    const methods = (): string[] => client.calls.map(({ method }) => method);

    test("costs no call as long as he has not changed", async () => {
        client.idsV1 = running(103);
        const seen = Promise.all(["w-100", "w-101", "w-102"].map((id) => next(id, "RUNNING")));
        expect(await clock.until(seen)).toEqual(
            ["w-100", "w-101", "w-102"].map((id) => workspaceIn(id, "RUNNING")),
        );
        expect(methods()).toEqual(["listWorkspaces", "listWorkspacesV1"]);
    });

    test("is asked for when he has, in the same tick", async () => {
        client.idsV1 = running(104);
        client.put(workspaceIn("w-101", "STOPPED", { failed: "no such image" }));
        client.put(workspaceIn("w-103", "UNSPECIFIED"));
        const seen = Promise.all([
            next("w-100", "RUNNING"),
            next("w-101", "STOPPED"),
            observer.next("w-102", ORG),
            next("w-103", "UNSPECIFIED"),
        ]);
        expect((await clock.until(seen)).map((workspace) => workspace?.instance?.failed)).toEqual([
            undefined,
            "no such image",
            undefined,
            undefined,
        ]);
        expect(client.calls.filter(({ method }) => method === "getWorkspace")).toEqual(
            ["w-101", "w-102", "w-103"].map((argument) => ({ method: "getWorkspace", at: 0, argument })),
        );
    });

    test("is not there where that lacks him too", async () => {
        client.idsV1 = running(101);
        const seen = Promise.all([next("w-100", "RUNNING"), next("lost", "RUNNING")]);
        expect(await clock.until(seen)).toEqual([workspaceIn("w-100", "RUNNING"), undefined]);
    });

    test("hears of it where he can't be asked for", async () => {
        client.idsV1 = running(102);
        client.fail("getWorkspace", failure("internal"));
        const seen = Promise.allSettled([next("w-100", "STOPPED"), next("w-101", "RUNNING")]);
        expect(await clock.until(seen)).toMatchObject([
            { status: "rejected", reason: { code: "internal" } },
            { status: "fulfilled" },
        ]);
    });
});
