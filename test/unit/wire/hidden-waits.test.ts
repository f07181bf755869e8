import type { Phase, Sighting } from "../../../provider/src/wire/domain";
import { failure } from "../support/failures";
import { ORG, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

let { clock, client, observer }: FakeRuntime = fakeRuntime();

beforeEach(() => {
    ({ clock, client, observer } = fakeRuntime());
});

/** Puts workspaces there that all run. */
function running(count: number): string[] {
    return Array.from({ length: count }, (_, index) => client.put(workspaceIn(`w-${index}`, "RUNNING")).id);
}

describe("whom a full page does not show, where there is a longer list", () => {
    const next = (id: string, phase: Phase): Promise<Sighting | undefined> =>
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

    test("costs none when he has, for the longer list tells how", async () => {
        client.idsV1 = running(103);
        client.put(workspaceIn("w-101", "STOPPED", { failed: "no such image" }));
        const seen = Promise.all([
            next("w-100", "PENDING"),
            next("w-101", "STOPPED"),
            observer.next("w-102", ORG),
        ]);
        const [started, failed, first] = await clock.until(seen);
        expect([started, failed, first].map((sighting) => sighting?.context)).toEqual(
            Array(3).fill(undefined),
        );
        expect(started?.instance?.phase).toBe("RUNNING");
        expect(failed?.instance?.failed).toBe("no such image");
        expect(first?.instance?.phase).toBe("RUNNING");
        expect(methods()).toEqual(["listWorkspaces", "listWorkspacesV1"]);
    });

    test("is asked for where that does not tell his phase, or of an instance, in the same tick", async () => {
        client.idsV1 = running(103);
        client.put(workspaceIn("w-101", "UNSPECIFIED"));
        client.put(workspaceIn("w-102", undefined));
        const seen = Promise.all([
            next("w-100", "RUNNING"),
            next("w-101", "UNSPECIFIED"),
            next("w-102", "STOPPED"),
        ]);
        expect(await clock.until(seen)).toEqual([
            workspaceIn("w-100", "RUNNING"),
            workspaceIn("w-101", "UNSPECIFIED"),
            workspaceIn("w-102", undefined),
        ]);
        expect(client.calls.filter(({ method }) => method === "getWorkspace")).toEqual(
            ["w-101", "w-102"].map((argument) => ({ method: "getWorkspace", at: 0, argument })),
        );
    });

    test("is not there where that lacks him too", async () => {
        client.idsV1 = running(101);
        const seen = Promise.all([next("w-100", "RUNNING"), next("lost", "RUNNING")]);
        expect(await clock.until(seen)).toEqual([workspaceIn("w-100", "RUNNING"), undefined]);
    });

    test("hears of it where he can't be asked for", async () => {
        client.idsV1 = running(102);
        client.put(workspaceIn("w-100", "UNSPECIFIED"));
        client.fail("getWorkspace", failure("internal"));
        const seen = Promise.allSettled([next("w-100", "RUNNING"), next("w-101", "RUNNING")]);
        expect(await clock.until(seen)).toMatchObject([
            { status: "rejected", reason: { code: "internal" } },
            { status: "fulfilled" },
        ]);
    });
});
