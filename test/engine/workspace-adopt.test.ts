import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World } from "./fixture";

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

test("adopt takes an existing workspace over, in place of creating one", async () => {
    const id = world.emulator.outside.create({
        contextUrl: CONTEXT_URL,
        organizationId: world.organizationId,
        phase: "STOPPED",
    });
    world.declareWorkspace({ adopt: id, running: true });
    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING" });
    expect(world.calls("CreateAndStartWorkspace")).toBe(0);
    await world.expectSettled();
});

test("adopt leaves a workspace as it is where running is not managed", async () => {
    const id = world.emulator.outside.create({
        contextUrl: CONTEXT_URL,
        organizationId: world.organizationId,
        phase: "STOPPED",
    });
    world.declareWorkspace({ adopt: id });
    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "STOPPED" });
    expect(world.calls("StartWorkspace")).toBe(0);
});

test.each<[string, (world: World) => string, string]>([
    ["one that does not exist", () => "acme-shop-k3j9x0q2ab1", "it is not among your workspaces"],
    [
        "a deleted one, which the server still answers for",
        ({ emulator, organizationId }) => {
            const id = emulator.outside.create({ contextUrl: CONTEXT_URL, organizationId });
            emulator.outside.delete(id);
            return id;
        },
        "it is not among your workspaces",
    ],
    [
        "one of another context",
        ({ emulator, organizationId }) =>
            emulator.outside.create({ contextUrl: "https://github.com/acme/other", organizationId }),
        'it was made from "https://github.com/acme/other"',
    ],
    [
        "another user's",
        ({ emulator, organizationId }) =>
            emulator.outside.create({
                contextUrl: CONTEXT_URL,
                organizationId,
                ownerId: emulator.addUser("bob").id,
            }),
        "it is not among your workspaces",
    ],
])("adopt refuses %s, and creates nothing", async (_, make, message) => {
    const id = make(world);
    const before = world.emulator.workspaces().length;
    world.declareWorkspace({ adopt: id });
    await expect(world.stack.up()).rejects.toThrow(message);
    expect(world.emulator.workspaces()).toHaveLength(before);
});

test("a create that was killed is found again by its mark", async () => {
    // The answer is lost for good: the engine saves nothing.
    world.declareWorkspace({ running: true });
    world.emulator.fail({ rpc: "CreateAndStartWorkspace", when: "after", kind: "drop" });
    world.emulator.fail({
        rpc: "ListWorkspaces",
        when: "before",
        kind: "error",
        code: "permission_denied",
        skip: 1,
        times: Number.POSITIVE_INFINITY,
    });
    await expect(world.stack.up()).rejects.toThrow("can't be seen now");
    world.emulator.clearFaults();
    expect(await world.stack.resource("review")).toBeUndefined();
    const { id } = world.only();

    const up = await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING" });
    expect(up.stdout).toContain(`workspace ${id} carries the mark of this resource`);
    await world.expectSettled();
});

test("a lost answer is found out in the same run", async () => {
    world.declareWorkspace({ running: true });
    world.emulator.fail({ rpc: "CreateAndStartWorkspace", when: "after", kind: "error", code: "internal" });
    await world.stack.up();
    expect(world.only().phase).toBe("RUNNING");
    await world.expectSettled();
});

test("several workspaces with the mark are for a person to decide", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { contextUrl, organizationId, id } = world.only();
    const urn = (await world.stack.resource("review"))?.urn ?? "";
    const others = [1, 2].map(() => world.emulator.outside.create({ contextUrl, organizationId }));
    await expect(world.stack.up({ replace: [urn] })).rejects.toThrow(
        new RegExp(`several workspaces carry the mark.*${others[1]}|several.*${others[0]}`),
    );
    expect(world.alive().map((workspace) => workspace.id)).not.toContain(id);
    expect(world.calls("CreateAndStartWorkspace")).toBe(1);
});

class Reviews extends pulumi.ComponentResource {
    constructor(name: string, args: gitpod.WorkspaceArgs) {
        super("test:index:Reviews", name);
        new gitpod.Workspace("review", args, { parent: this });
    }
}

test("resources of the same name, in a component and not, never take each other's workspace", async () => {
    const args = { contextUrl: CONTEXT_URL, running: true };
    world.declare(async () => {
        new gitpod.Workspace("review", args);
        new Reviews("one", args);
    });
    await world.stack.up();
    expect(world.alive()).toHaveLength(2);
    await world.expectSettled();
    // One more of the same name and type, in another component: it finds neither of the two.
    world.declare(async () => {
        new gitpod.Workspace("review", args);
        new Reviews("one", args);
        new gitpod.Workspace("other", args);
    });
    await world.stack.up();
    expect(world.alive()).toHaveLength(3);
    expect(new Set(world.alive().map(({ contextUrl }) => contextUrl)).size).toBe(3);
});

test.each([
    ["a prebuild", { prebuildId: "pb-1" }, `open-prebuild/pb-1/${CONTEXT_URL}`],
    ["an image build", { contextUrl: `imagebuild/${CONTEXT_URL}` }, `imagebuild/${CONTEXT_URL}`],
])("%s has no room for a mark, and a lost answer is found all the same", async (_, args, contextUrl) => {
    world.declareWorkspace({ ...args, running: true });
    world.emulator.fail({ rpc: "CreateAndStartWorkspace", when: "after", kind: "drop" });
    await world.stack.up();
    expect(world.only()).toMatchObject({ phase: "RUNNING", contextUrl });
    await world.expectSettled();
});

test.each([
    [
        "a snapshot",
        "snapshot/0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b",
        /^PULUMI_URN=test\.dev\.review\.[0-9a-f]+\/snapshot\//,
    ],
    [
        "variables of the user's own",
        `STAGE=test/${CONTEXT_URL}`,
        /^STAGE=test,PULUMI_URN=test\.dev\.review\.[0-9a-f]+\/https:/,
    ],
])("%s carries the mark", async (_, contextUrl, marked) => {
    world.declareWorkspace({ contextUrl, running: true });
    await world.stack.up();
    expect(world.only().contextUrl).toMatch(marked);
    await world.stack.refresh({ expectNoChanges: true });
    await world.expectSettled();
});

test("get reads a workspace that another program owns, and never touches it", async () => {
    const id = world.emulator.outside.create({
        contextUrl: CONTEXT_URL,
        organizationId: world.organizationId,
    });
    await world.emulator.whenPhase(id, "RUNNING");
    world.declare(async () => {
        const theirs = gitpod.Workspace.get("theirs", id);
        return { phase: theirs.phase, contextUrl: theirs.contextUrl };
    });
    const up = await world.stack.up();
    expect(up.outputs).toMatchObject({ phase: { value: "RUNNING" }, contextUrl: { value: CONTEXT_URL } });
    await world.stack.destroy();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING" });
});
