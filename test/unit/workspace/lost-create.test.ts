import { markedContextUrl, markOf } from "../../../provider/src/plugin/workspace/context-url";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { createWorkspace } from "../../../provider/src/plugin/workspace/lifecycle";
import { failure, neverSent } from "../support/failures";
import { ORG, SHOP, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const URN = "urn:pulumi:dev::shop::T::review";
const INPUTS: WorkspaceInputs = { contextUrl: SHOP, mark: URN };
const LOST = failure("deadline_exceeded");

let runtime: FakeRuntime;

beforeEach(() => {
    runtime = fakeRuntime();
});

const begin = (inputs: Partial<WorkspaceInputs> = {}) =>
    createWorkspace(runtime, { ...INPUTS, ...inputs }, "exports.handler=…");
const create = (inputs: Partial<WorkspaceInputs> = {}) => runtime.clock.until(begin(inputs));
const marked = (): string => markedContextUrl(SHOP, markOf(URN, ORG, INPUTS)) ?? "";
const count = (method: "createWorkspace" | "listWorkspaces"): number => runtime.client.times(method).length;

/** A workspace of Ada's from this context. */
function leftover(id: string, contextUrl: string): void {
    runtime.client.put({ ...workspaceIn(id, "RUNNING"), context: { contextUrl } });
}

describe("a create whose answer is lost", () => {
    test("is found by its mark", async () => {
        runtime.client.lose("createWorkspace", LOST);
        const { id, outs } = await create({ running: true });
        expect(id).toBe("made-1");
        expect(outs).toMatchObject({ phase: "RUNNING" });
        expect(count("createWorkspace")).toBe(1);
        expect(runtime.held.has("made-1")).toBe(true);
    });

    test("is found also when the server goes on for a while", async () => {
        runtime.client.fail("createWorkspace", LOST);
        runtime.client.later(40_000, () => leftover("late", marked()));
        expect((await create()).id).toBe("late");
        expect(count("createWorkspace")).toBe(1);
    });

    test("is looked for until its deadline has passed for good, and is then the error it was", async () => {
        runtime.client.fail("createWorkspace", LOST);
        await expect(create()).rejects.toBe(LOST);
        expect(count("createWorkspace")).toBe(1);
        expect(runtime.clock.now()).toBeGreaterThanOrEqual(150_000);
        expect(runtime.clock.now()).toBeLessThan(155_000);
    });

    test("is looked for through lists that fail", async () => {
        runtime.client.lose("createWorkspace", LOST);
        const outcome = begin();
        await runtime.clock.settle();
        runtime.client.fail("listWorkspaces", failure("unavailable"), failure("internal"));
        expect((await runtime.clock.until(outcome)).id).toBe("made-1");
    });

    test("and can't be looked for at all says both, and what to do", async () => {
        runtime.client.fail("createWorkspace", LOST);
        const outcome = begin();
        await runtime.clock.settle();
        runtime.client.fail("listWorkspaces", ...Array.from({ length: 500 }, () => failure("unavailable")));
        await expect(runtime.clock.until(outcome)).rejects.toThrow(
            /deadline_exceeded[\s\S]*Whether it was made all the same can't be seen now[\s\S]*unavailable[\s\S]*Run `pulumi up` again/,
        );
    });

    test("and has several candidates names them", async () => {
        runtime.client.fail("createWorkspace", LOST);
        runtime.client.later(3_000, () => {
            leftover("late-1", marked());
            leftover("late-2", marked());
        });
        await expect(create()).rejects.toThrow(/late-1, late-2/);
        expect(count("createWorkspace")).toBe(1);
    });

    test.each([
        "invalid_argument",
        "failed_precondition",
        "permission_denied",
        "unauthenticated",
        "not_found",
    ] as const)(
        "a final answer, %s, is looked behind once: the row may have been written before",
        async (code) => {
            runtime.client.lose("createWorkspace", failure(code));
            expect((await create()).id).toBe("made-1");

            runtime = fakeRuntime();
            const refused = failure(code);
            runtime.client.fail("createWorkspace", refused);
            await expect(create()).rejects.toBe(refused);
            // One look for the mark before, one after.
            expect(count("listWorkspaces")).toBe(2);
        },
    );

    test.each([
        ["an exhausted limit", failure("resource_exhausted")],
        ["a call that was never sent", neverSent()],
        ["an engine that has ended", new Error("the Pulumi engine has ended")],
    ])("%s did nothing, so nothing is looked for", async (_, error) => {
        runtime.client.fail("createWorkspace", error);
        await expect(create()).rejects.toBe(error);
        expect(count("listWorkspaces")).toBe(1);
    });
});

describe("a context that has no room for a mark", () => {
    const CONTEXT = `imagebuild/${SHOP}`;
    const unmarked = (name: string) =>
        begin({ contextUrl: CONTEXT, mark: `urn:pulumi:dev::shop::T::${name}` });

    test("goes as it is, one create at a time, and each knows its own", async () => {
        runtime.client.lose("createWorkspace", LOST);
        runtime.client.lose("createWorkspace", LOST);
        const both = await runtime.clock.until(Promise.all([unmarked("a"), unmarked("b")]));
        expect(new Set(both.map(({ id }) => id)).size).toBe(2);
        expect(count("createWorkspace")).toBe(2);
        for (const { argument } of runtime.client.calls.filter(
            ({ method }) => method === "createWorkspace",
        )) {
            expect(argument).toMatchObject({ contextUrl: CONTEXT });
        }
    });

    test("does not take what was there before, nor what was made long ago", async () => {
        leftover("before", CONTEXT);
        runtime.client.fail("createWorkspace", LOST);
        runtime.client.later(3_000, () => {
            const old = workspaceIn("old", "RUNNING", { createdAt: "2020-01-01T00:00:00.000Z" });
            runtime.client.put({ ...old, context: { contextUrl: CONTEXT } });
        });
        await expect(runtime.clock.until(unmarked("a"))).rejects.toBe(LOST);
    });

    test("with several candidates names them", async () => {
        runtime.client.fail("createWorkspace", LOST);
        runtime.client.later(3_000, () => {
            leftover("late-1", CONTEXT);
            leftover("late-2", CONTEXT);
        });
        await expect(runtime.clock.until(unmarked("a"))).rejects.toThrow(/late-1, late-2/);
    });

    test("and can't be looked for tells a person to look, since no later run could", async () => {
        runtime.client.fail("createWorkspace", LOST);
        const outcome = unmarked("a");
        await runtime.clock.settle();
        runtime.client.fail("listWorkspaces", ...Array.from({ length: 500 }, () => failure("unavailable")));
        await expect(runtime.clock.until(outcome)).rejects.toThrow(
            /deadline_exceeded[\s\S]*unavailable[\s\S]*Look in Gitpod first: if it is there, name it with `adopt`/,
        );
    });

    test("a failed one does not keep the next from going", async () => {
        const refused = failure("invalid_argument");
        runtime.client.fail("createWorkspace", refused);
        const outcomes = await runtime.clock.until(Promise.allSettled([unmarked("a"), unmarked("b")]));
        expect(outcomes).toMatchObject([
            { status: "rejected", reason: refused },
            { status: "fulfilled", value: { id: "made-1" } },
        ]);
    });
});
