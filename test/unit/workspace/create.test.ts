import { markedContextUrl, markOf } from "../../../provider/src/plugin/workspace/context-url";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { createWorkspace } from "../../../provider/src/plugin/workspace/lifecycle";
import { failure } from "../support/failures";
import { ADA, ORG, SHOP, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const URN = "urn:pulumi:dev::shop::T::review";
const INPUTS: WorkspaceInputs = { contextUrl: SHOP, mark: URN };
const PROVIDER = "exports.handler=…";

let runtime: FakeRuntime;

beforeEach(() => {
    runtime = fakeRuntime();
});

const create = (inputs: Partial<WorkspaceInputs> = {}) =>
    runtime.clock.until(createWorkspace(runtime, { ...INPUTS, ...inputs }, PROVIDER));
const marked = (inputs: Partial<WorkspaceInputs> = {}): string =>
    markedContextUrl(inputs.contextUrl ?? SHOP, markOf(URN, ORG, { ...INPUTS, ...inputs })) ?? "";
const count = (method: "createWorkspace" | "listWorkspaces" | "startWorkspace"): number =>
    runtime.client.times(method).length;

const gets = (): unknown[] =>
    runtime.client.calls.filter(({ method }) => method === "getWorkspace").map(({ argument }) => argument);

/** A workspace from this context in a phase, as an earlier run may have left it. */
function leftover(id: string, contextUrl: string, ownerId = ADA.id): void {
    runtime.client.put({ ...workspaceIn(id, "RUNNING"), ownerId, context: { contextUrl } });
}

describe("a create", () => {
    test("sends the marked context, waits until it runs, and knows what it has", async () => {
        const { id, outs } = await create({ running: true });
        expect(id).toBe("made-1");
        expect(outs).toMatchObject({ phase: "RUNNING", running: true, ownerId: ADA.id, organizationId: ORG });
        expect(
            runtime.client.calls.find(({ method }) => method === "createWorkspace")?.argument,
        ).toStrictEqual({
            contextUrl: marked({ running: true }),
            organizationId: ORG,
        });
        expect(runtime.held.has("made-1")).toBe(true);
    });

    test("sends what is declared", async () => {
        runtime.client.classes = [{ id: "g1-large", displayName: "", description: "", isDefault: false }];
        const inputs: Partial<WorkspaceInputs> = {
            workspaceClass: "g1-large",
            editor: { name: "goland", version: "latest" },
            region: "europe",
            forceDefaultConfig: true,
        };
        await create(inputs);
        expect(
            runtime.client.calls.find(({ method }) => method === "createWorkspace")?.argument,
        ).toStrictEqual({
            contextUrl: marked(inputs),
            organizationId: ORG,
            workspaceClass: "g1-large",
            editor: { name: "goland", latest: true },
            region: "europe",
            forceDefaultConfig: true,
        });
    });

    test("of a class that the installation lacks creates nothing, and names those it has", async () => {
        runtime.client.classes = [{ id: "g1-large", displayName: "", description: "", isDefault: true }];
        await expect(create({ workspaceClass: "huge" })).rejects.toThrow(/"huge" is not one.*: g1-large$/);
        expect(count("createWorkspace")).toBe(0);
    });

    test("that is to be stopped starts it and stops it", async () => {
        const { outs } = await create({ running: false });
        expect(outs).toMatchObject({ phase: "STOPPED", running: false, stopReason: "requested" });
    });

    test("of a running state that is not managed waits for the first run all the same", async () => {
        expect((await create()).outs).toMatchObject({ phase: "RUNNING", declared: [] });
    });

    test("that fails later saves what is there, with what the engine needs to go on", async () => {
        runtime.client.started = (id) => {
            runtime.client.put(workspaceIn(id, "STOPPED", { failed: "no such image" }));
        };
        await expect(create({ running: true })).rejects.toMatchObject({
            id: "made-1",
            message: expect.stringContaining("no such image"),
            reasons: [expect.stringContaining("no such image")],
            properties: { __provider: PROVIDER, phase: "STOPPED", running: false, stopReason: "failed" },
        });
    });

    test("whose first look fails saves it too", async () => {
        runtime.client.fail("getWorkspace", failure("permission_denied"));
        await expect(create({ running: true })).rejects.toMatchObject({
            id: "made-1",
            properties: { __provider: PROVIDER, running: true, ownerId: ADA.id, organizationId: ORG },
        });
    });
});

describe("the organization of a workspace that names none", () => {
    test("is the caller's only one, where none is configured", async () => {
        delete runtime.config.organizationId;
        runtime.client.putTeam("only", "Only");
        expect((await create()).outs).toMatchObject({ organizationId: "only" });
    });

    test.each([
        [[], /user is in no organization; set it/],
        [["a", "b"], /in several: a \(A\), b \(B\); set it on the workspace or as gitpod:organizationId/],
    ])("can't be one of %j", async (teams, message) => {
        delete runtime.config.organizationId;
        for (const id of teams) {
            runtime.client.putTeam(id, id.toUpperCase());
        }
        await expect(create()).rejects.toThrow(message);
        expect(count("createWorkspace")).toBe(0);
    });
});

/** As many others as a list shows at most. */
const fill = (): string[] =>
    Array.from({ length: 100 }, (_, index) => runtime.client.put(workspaceIn(`w-${index}`, "RUNNING")).id);

describe("what an earlier run made and could not save", () => {
    test("is taken over, which is said", async () => {
        leftover("left", marked());
        expect((await create()).id).toBe("left");
        expect(count("createWorkspace")).toBe(0);
        expect(runtime.lines[0]).toMatch(
            /^warning: gitpod\.Workspace review: workspace left carries the mark/,
        );
    });

    test("is not taken from another resource, another user or another declaration", async () => {
        leftover("held", marked());
        runtime.held.add("held");
        leftover("theirs", marked(), "bob-id");
        leftover("other", marked({ region: "europe" }));
        expect((await create()).id).toBe("made-1");
    });

    test("is for a person to choose where there are several", async () => {
        leftover("left-1", marked());
        leftover("left-2", marked());
        await expect(create()).rejects.toThrow(
            /several workspaces carry the mark.*: left-1, left-2\..*`adopt`/,
        );
        expect(count("createWorkspace")).toBe(0);
    });

    test("that has failed is started again, not taken for this run's failure", async () => {
        const failed = workspaceIn("left", "STOPPED", { failed: "no such image" });
        runtime.client.put({ ...failed, context: { contextUrl: marked() } });
        expect((await create({ running: true })).outs).toMatchObject({ phase: "RUNNING" });
        expect(count("startWorkspace")).toBe(1);
    });

    describe("beyond a full list", () => {
        test("is found by the longer one", async () => {
            runtime.client.idsV1 = [...fill(), "left"];
            leftover("left", marked());
            expect((await create()).id).toBe("left");
        });

        test("costs no call for those that carry another mark", async () => {
            runtime.client.put({
                ...workspaceIn("proof", "RUNNING"),
                context: { contextUrl: marked({ region: "a" }) },
            });
            const listed = fill().slice(0, 99);
            leftover("left", marked());
            leftover("other", marked({ region: "europe" }));
            runtime.client.put(workspaceIn("plain", "STOPPED"));
            runtime.client.idsV1 = ["proof", ...listed, "w-99", "other", "plain", "left"];
            expect((await create()).id).toBe("left");
            expect(gets()).toEqual(["left"]);
        });

        test("is asked for one by one where nothing proves that the longer list tells the marks", async () => {
            runtime.client.tellsVariables = false;
            runtime.client.idsV1 = [...fill(), "other", "left"];
            leftover("left", marked());
            leftover("other", marked({ region: "europe" }));
            expect((await create()).id).toBe("left");
            expect(gets()).toEqual(["other", "left"]);
        });

        test("is not there where the longer one lacks it", async () => {
            runtime.client.idsV1 = fill();
            expect((await create()).id).toMatch(/^made/);
        });

        test("hides what is made, too: they are waited for by lists, and asked for once", async () => {
            runtime.client.idsV1 = fill();
            const { started } = runtime.client;
            runtime.client.started = (id) => {
                started(id);
                runtime.client.idsV1?.push(id);
            };
            const creating = [INPUTS, { ...INPUTS, region: "europe" }].map((inputs) =>
                createWorkspace(runtime, inputs, PROVIDER),
            );
            const made = await runtime.clock.until(Promise.all(creating));
            expect(made).toMatchObject([
                { outs: { phase: "RUNNING", context: { contextUrl: marked() } } },
                { outs: { phase: "RUNNING", context: { contextUrl: marked({ region: "europe" }) } } },
            ]);
            expect(gets().sort()).toEqual(made.map(({ id }) => id).sort());
        });

        test.each([undefined, Array.from({ length: 400 }, (_, index) => `id-${index}`)])(
            "can't be told where no list is long enough: nothing is created",
            async (ids) => {
                fill();
                runtime.client.idsV1 = ids;
                await expect(create()).rejects.toThrow(/too many workspaces.*delete some/);
                expect(count("createWorkspace")).toBe(0);
            },
        );
    });
});

describe("adopting", () => {
    test.each([
        [undefined, "STOPPED", "STOPPED", 0],
        [true, "STOPPED", "RUNNING", 1],
        [false, "RUNNING", "STOPPED", 0],
    ] as const)("with running: %s one that is %s ends %s", async (running, phase, ends, starts) => {
        runtime.client.put(workspaceIn("mine", phase));
        const { id, outs } = await create({ adopt: "mine", ...(running === undefined ? {} : { running }) });
        expect(id).toBe("mine");
        expect(outs).toMatchObject({ phase: ends });
        expect([count("startWorkspace"), count("createWorkspace")]).toEqual([starts, 0]);
        expect(runtime.held.has("mine")).toBe(true);
    });

    test("one that a full list does not show is found by the longer one", async () => {
        runtime.client.idsV1 = [...fill(), "mine"];
        runtime.client.put(workspaceIn("mine", "STOPPED"));
        expect((await create({ adopt: "mine" })).id).toBe("mine");
    });

    test("one that a full list does not show is refused where no longer one tells", async () => {
        fill();
        runtime.client.put(workspaceIn("mine", "STOPPED"));
        await expect(create({ adopt: "mine" })).rejects.toThrow(/too long to find it/);
    });

    test("one that only Get answers for is refused: it may be deleted", async () => {
        runtime.client.put(workspaceIn("gone", "STOPPED"));
        runtime.client.deleted.add("gone");
        await expect(create({ adopt: "gone" })).rejects.toThrow(
            /^workspace gone can't be adopted: it is not among/,
        );
        expect(runtime.held.has("gone")).toBe(false);
    });
});
