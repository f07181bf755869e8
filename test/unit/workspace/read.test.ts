import { secret } from "../../../provider/src/plugin/bag";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { updateWorkspace } from "../../../provider/src/plugin/workspace/lifecycle";
import { readWorkspace } from "../../../provider/src/plugin/workspace/read";
import { observe, toState, type WorkspaceState } from "../../../provider/src/plugin/workspace/state";
import type { Phase, Workspace } from "../../../provider/src/wire/domain";
import { failure } from "../support/failures";
import { ADA, ORG, SHOP, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const BOB = { id: "bob-id", name: "bob" };
const GONE = { id: "", props: {} };

let runtime: FakeRuntime;

beforeEach(() => {
    runtime = fakeRuntime();
});

const inputsOf = (inputs: Partial<WorkspaceInputs> = {}): WorkspaceInputs => ({
    contextUrl: SHOP,
    mark: "urn:pulumi:dev::shop::T::review",
    ...inputs,
});
const saved = (inputs: Partial<WorkspaceInputs> = {}, phase: Phase = "RUNNING"): WorkspaceState =>
    toState(inputsOf(inputs), ORG, observe(workspaceIn("w", phase), true));
const read = (state: Partial<WorkspaceState> = saved()) =>
    runtime.clock.until(readWorkspace(runtime, "w", state));
const writes = (): string[] =>
    runtime.client.calls
        .map(({ method }) => method)
        .filter((method) => /^(create|start|stop|delete)/.test(method));

/** A page that is full without the workspace. */
function fullPage(): string[] {
    return Array.from(
        { length: 100 },
        (_, index) => runtime.client.put(workspaceIn(`w-${index}`, "RUNNING")).id,
    );
}

describe("a refresh of one that is there", () => {
    test("gives what was seen, and the inputs that it is shown against", async () => {
        runtime.client.put(workspaceIn("w", "STOPPED"));
        const { id, props, inputs } = await read(saved({ running: true }));
        expect(id).toBe("w");
        expect(props).toMatchObject({ phase: "STOPPED", running: false, stopReason: "requested" });
        expect(inputs).toStrictEqual(inputsOf({ running: false }));
    });

    test("shows no running state where none is managed", async () => {
        runtime.client.put(workspaceIn("w", "STOPPED"));
        expect((await read()).inputs).toStrictEqual(inputsOf());
    });

    test.each([true, false])(
        "in a phase that is not known keeps what it was: running %s",
        async (running) => {
            runtime.client.put(workspaceIn("w", "UNSPECIFIED"));
            const state = saved({ running }, running ? "RUNNING" : "STOPPED");
            expect((await read(state)).props).toMatchObject({ running });
        },
    );

    test("of a workspace that a program only looks up", async () => {
        const context = { contextUrl: `PULUMI_URN=a.b.c.0/${SHOP}` };
        runtime.client.put({ ...workspaceIn("w", "RUNNING"), context });
        const { id, props } = await read({});
        expect(id).toBe("w");
        expect(props).toMatchObject({ contextUrl: SHOP, running: true, context, ownerId: ADA.id });
    });
});

describe("one that a full page does not show", () => {
    beforeEach(() => {
        runtime.client.idsV1 = [...fullPage(), "w"];
        runtime.client.put(workspaceIn("w", "RUNNING"));
    });

    test("is not asked for where the longer list shows what is saved", async () => {
        const first = await read(saved({}, "STOPPED"));
        const { props, inputs } = await read(first.props);
        expect(runtime.client.times("getWorkspace")).toHaveLength(1);
        expect({ props, inputs }).toEqual({ props: first.props, inputs: first.inputs });
    });

    test.each<[string, Workspace]>([
        ["has stopped", workspaceIn("w", "STOPPED")],
        ["has another run", workspaceIn("w", "RUNNING", { id: "run-2" })],
        ["has another address", workspaceIn("w", "RUNNING", { url: "https://w.ws.gitpod.test" })],
        [
            "has a port",
            workspaceIn("w", "RUNNING", { ports: [{ port: 80, policy: "public", protocol: "http" }] }),
        ],
        ["is in a phase that nobody knows", workspaceIn("w", "UNSPECIFIED")],
    ])("is asked for where it %s", async (_, workspace) => {
        const first = await read(saved({}, "STOPPED"));
        runtime.client.put(workspace);
        await runtime.clock.advance(6_000);
        const { props } = await read(first.props);
        expect(runtime.client.times("getWorkspace")).toHaveLength(2);
        expect(props).toMatchObject({ instanceId: workspace.instance?.id, phase: workspace.instance?.phase });
    });
});

describe("one that is gone", () => {
    test("is dropped where the list lacks it and the server knows nothing of it", async () => {
        expect(await read()).toEqual(GONE);
    });

    test("is dropped where the list lacks it and the server answers as for the soft-deleted", async () => {
        runtime.client.put(workspaceIn("w", "STOPPED"));
        runtime.client.deleted.add("w");
        expect(await read()).toEqual(GONE);
    });

    test("is dropped where only the longer list is long enough to lack it", async () => {
        runtime.client.idsV1 = fullPage();
        expect(await read()).toEqual(GONE);
    });
});

describe("what proves nothing", () => {
    test.each(["permission_denied", "internal", "unavailable", "unknown", "unauthenticated"] as const)(
        "a list that fails with %s",
        async (code) => {
            runtime.client.fail("listWorkspaces", failure(code));
            await expect(read()).rejects.toMatchObject({ code });
        },
    );

    test.each(["permission_denied", "internal", "unavailable", "unknown", "unauthenticated"] as const)(
        "a Get that fails with %s",
        async (code) => {
            runtime.client.fail("getWorkspace", failure(code));
            await expect(read()).rejects.toMatchObject({ code });
        },
    );

    test("the token of somebody who is not the owner", async () => {
        runtime.client.me = BOB;
        await expect(read()).rejects.toThrow(
            "workspace w belongs to user ada-id, but the token is bob's (bob-id), who may not see it; use a token of the owner",
        );
    });

    test("a workspace of somebody else, where nobody knows who owned it", async () => {
        runtime.client.put({ ...workspaceIn("w", "RUNNING"), ownerId: BOB.id });
        await expect(read({})).rejects.toThrow(/belongs to user bob-id, but the token is ada's/);
    });

    test("a failed question who the token belongs to", async () => {
        runtime.client.fail("whoAmI", failure("internal"));
        await expect(read()).rejects.toMatchObject({ code: "internal" });
    });

    test("a full list, where the server knows the workspace: it counts as alive", async () => {
        fullPage();
        runtime.client.put(workspaceIn("w", "RUNNING"));
        expect((await read()).props).toMatchObject({ phase: "RUNNING" });
    });

    test("a full list, where the server does not know it: the state is kept, with a warning why", async () => {
        fullPage();
        const state = saved();
        expect(await read(state)).toEqual({ id: "w", props: { ...state } });
        expect(runtime.lines).toEqual([
            expect.stringMatching(
                /^warning: gitpod\.Workspace review: .*too long to prove that it is gone; its state/,
            ),
        ]);
    });
});

test("a state that is kept keeps its secret", async () => {
    fullPage();
    const state = saved({ secretContext: true });
    expect((await read(state)).props).toEqual({ ...state, context: secret(state.context) });
});

test("a refresh of many asks who the token belongs to once, and for one list", async () => {
    const all = Array.from({ length: 20 }, (_, index) => `w-${index}`);
    await runtime.clock.until(Promise.all(all.map((id) => readWorkspace(runtime, id, saved()))));
    expect(runtime.client.times("listWorkspaces")).toHaveLength(1);
    expect(runtime.client.times("whoAmI")).toHaveLength(1);
});

describe("an update", () => {
    const update = (olds: WorkspaceState, news: Partial<WorkspaceInputs>) =>
        runtime.clock.until(updateWorkspace(runtime, "w", olds, inputsOf(news), "exports.handler=…"));

    test.each<[string, Partial<WorkspaceInputs>, Partial<WorkspaceInputs>, string[]]>([
        ["of options", { running: true }, { running: true, forceDestroy: true }, ["running"]],
        ["of timeouts", {}, { timeouts: { start: "1h" } }, []],
        ["that stops managing the running state", { running: true }, {}, []],
        ["that begins to manage what is so already", {}, { running: true }, ["running"]],
    ])("%s makes no call, and saves it", async (_, before, now, declared) => {
        const { outs } = await update(saved(before), now);
        expect(runtime.client.calls).toEqual([]);
        expect(outs).toMatchObject({ ...now, phase: "RUNNING", declared });
    });

    describe("of one that was never seen", () => {
        const neverSeen = toState(inputsOf({}), ORG, { ownerId: ADA.id, running: true });

        test("finds out that it is not there", async () => {
            await expect(update(neverSeen, {})).rejects.toThrow(/no longer there.*pulumi up --refresh/);
        });

        test("saves what it sees, and leaves a running state alone that is not managed", async () => {
            runtime.client.put(workspaceIn("w", "STOPPED"));
            const { outs } = await update(neverSeen, {});
            expect(outs).toMatchObject({ phase: "STOPPED", running: false, context: { contextUrl: SHOP } });
            expect(runtime.client.calls.map(({ method }) => method)).toEqual(["listWorkspaces"]);
        });
    });

    test("starts what has drifted to a stop, even after a failure", async () => {
        runtime.client.put(workspaceIn("w", "STOPPED", { timeout: "idle" }));
        const { outs } = await update(saved({ running: true }, "STOPPED"), { running: true });
        expect(outs).toMatchObject({ phase: "RUNNING", running: true });
        expect(writes()).toEqual(["startWorkspace"]);
    });

    test("stops what is declared stopped", async () => {
        runtime.client.put(workspaceIn("w", "RUNNING"));
        const { outs } = await update(saved({ running: true }), { running: false });
        expect(outs).toMatchObject({ phase: "STOPPED", running: false });
    });

    test("does not start again what has failed since the state was saved: the preview did not say so", async () => {
        runtime.client.put(workspaceIn("w", "STOPPED", { failed: "no such image" }));
        await expect(update(saved({ running: true }, "PREPARING"), { running: true })).rejects.toMatchObject({
            id: "w",
            message: expect.stringContaining("no such image"),
            properties: { phase: "STOPPED", running: false },
        });
        expect(writes()).toEqual([]);
    });

    test("of one that is gone is an error that tells what to do, and saves nothing", async () => {
        const outcome = update(saved({ running: true }, "STOPPED"), { running: true });
        await expect(outcome).rejects.toThrow(/no longer there.*Run `pulumi up --refresh` to make it again/);
        await expect(outcome).rejects.not.toHaveProperty("properties");
    });

    test("with the token of somebody else does not say that it is gone", async () => {
        runtime.client.put(workspaceIn("w", "STOPPED"));
        runtime.client.me = BOB;
        await expect(update(saved({ running: true }, "STOPPED"), { running: true })).rejects.toThrow(
            /belongs to user ada-id, but the token is bob's/,
        );
    });

    test("beyond a full list goes by what the server knows", async () => {
        fullPage();
        runtime.client.put(workspaceIn("w", "STOPPED"));
        const { outs } = await update(saved({ running: true }, "STOPPED"), { running: true });
        expect(outs).toMatchObject({ phase: "RUNNING" });
    });

    test("whose start is seen to fail by the longer list alone saves that, and what lasts", async () => {
        const hidden = ["w", "other"];
        runtime.client.idsV1 = [...fullPage(), ...hidden];
        for (const id of hidden) {
            runtime.client.put(workspaceIn(id, "STOPPED"));
        }
        runtime.client.started = (id) => runtime.client.run(id, "PREPARING", 2_000, "STOPPED");
        const outcomes = hidden.map((id) =>
            updateWorkspace(
                runtime,
                id,
                saved({}, "STOPPED"),
                inputsOf({ running: true }),
                "exports.handler=…",
            ),
        );
        const [first] = await runtime.clock.until(Promise.allSettled(outcomes));
        expect(first).toMatchObject({
            status: "rejected",
            reason: {
                message: expect.stringContaining("stopped by someone else before it was running"),
                properties: {
                    phase: "STOPPED",
                    running: false,
                    instanceId: "run-2",
                    context: { contextUrl: SHOP },
                },
            },
        });
    });
});
