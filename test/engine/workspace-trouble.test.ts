import { BRIEF, CONTEXT_URL, World } from "./fixture";

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

test("a failed start quotes its reason, is saved, and the next up starts the same workspace", async () => {
    world.declareWorkspace({ running: true });
    world.emulator.nextStart({ fail: "image build failed: no such base image" });
    await expect(world.stack.up()).rejects.toThrow("could not start: image build failed: no such base image");
    const { id } = world.only();
    const saved = await world.stack.resource("review");
    expect(saved).toMatchObject({ id, outputs: { phase: "STOPPED", stopReason: "failed", running: false } });
    expect(saved?.initErrors).toHaveLength(1);

    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING", instances: 2 });
    await world.expectSettled();
});

test("a failed start can be refreshed and destroyed", async () => {
    world.declareWorkspace({ running: true });
    world.emulator.nextStart({ fail: "no node" });
    await expect(world.stack.up()).rejects.toThrow("no node");
    await world.stack.refresh();
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
});

test("a wait that takes too long says where it got, and the next up goes on from there", async () => {
    world.emulator.nextStart({ imageBuildMs: 4_000 });
    world.declareWorkspace({ running: true, timeouts: { start: "20s" } });
    await expect(world.stack.up()).rejects.toThrow(/is not running after 20 s: its phase is IMAGEBUILD/);
    const { id } = world.only();
    expect(await world.stack.resource("review")).toMatchObject({ id, outputs: { phase: "IMAGEBUILD" } });

    world.declareWorkspace({ running: true });
    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING", instances: 1 });
    expect(world.calls("CreateAndStartWorkspace")).toBe(1);
    await world.expectSettled();
});

test("waitFor none goes on without waiting for a start, but a stop is waited for", async () => {
    world.emulator.nextStart({ imageBuildMs: 6_000 });
    world.declareWorkspace({ running: true, waitFor: "none" });
    await world.stack.up();
    expect(["PREPARING", "IMAGEBUILD"]).toContain(world.only().phase);
    await world.expectSettled();
    await world.emulator.whenPhase(world.only().id, "RUNNING");
    world.declareWorkspace({ running: false, waitFor: "none" });
    await world.stack.up();
    expect(world.only().phase).toBe("STOPPED");
});

test("from STOPPING it waits until it has stopped, and starts it then", async () => {
    await world.close();
    world = await World.create({ emulator: { durations: { ...BRIEF, stopping: 6_000 } } });
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.declareWorkspace({ running: false, timeouts: { stop: "40s" } });
    await expect(world.stack.up()).rejects.toThrow("is not stopped after 40 s: its phase is STOPPING");
    world.declareWorkspace({ running: true });
    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING", instances: 2 });
});

test("a stop that is lost while the workspace is being prepared is asked for again", async () => {
    await world.close();
    world = await World.create({ emulator: { durations: { ...BRIEF, preparing: 600 } } });
    world.declareWorkspace({ running: false });
    await world.stack.up();
    expect(world.only()).toMatchObject({ phase: "STOPPED" });
    expect(world.calls("StopWorkspace")).toBeGreaterThan(1);
});

test("a workspace that never had an instance is started", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.emulator.outside.removeInstance(id);
    await world.stack.refresh();
    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING" });
});

test("an interrupted workspace counts as running; one in an unknown phase as it did last", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.emulator.outside.interrupt(id);
    await world.stack.refresh();
    expect((await world.stack.resource("review"))?.outputs).toMatchObject({
        running: true,
        phase: "INTERRUPTED",
    });
    world.emulator.outside.unknownPhase(id);
    await world.stack.refresh();
    expect((await world.stack.resource("review"))?.outputs).toMatchObject({
        running: true,
        phase: "UNSPECIFIED",
    });
});

describe("is not taken for gone", () => {
    beforeEach(async () => {
        world.declareWorkspace({ running: true });
        await world.stack.up();
    });

    async function expectKept(): Promise<void> {
        expect(await world.stack.resource("review")).toMatchObject({ id: world.only().id });
    }

    test.each(["permission_denied", "internal", "not_found", "unavailable", "unknown"])(
        "when the list answers %s",
        async (code) => {
            world.emulator.fail({
                rpc: "ListWorkspaces",
                when: "before",
                kind: "error",
                code,
                times: Number.POSITIVE_INFINITY,
            });
            await expect(world.stack.refresh()).rejects.toThrow(code);
            await expectKept();
        },
    );

    test.each(["permission_denied", "internal"])(
        "when it is unlisted, and the get answers %s",
        async (code) => {
            world.emulator.fail({
                rpc: "ListWorkspaces",
                when: "before",
                kind: "http",
                status: 200,
                contentType: "application/proto",
                body: "",
                times: Number.POSITIVE_INFINITY,
            });
            world.emulator.fail({
                rpc: "GetWorkspace",
                when: "before",
                kind: "error",
                code,
                times: Number.POSITIVE_INFINITY,
            });
            await expect(world.stack.refresh()).rejects.toThrow(code);
            await expectKept();
        },
    );

    test("when the page is full and no longer list is served", async () => {
        await world.close();
        world = await World.create({ emulator: { v1: false, parallelLimit: 1_000 } });
        world.declareWorkspace({ running: false });
        await world.stack.up();
        const { id } = world.only();
        for (let count = 0; count < 100; count++) {
            world.emulator.outside.create({
                contextUrl: CONTEXT_URL,
                organizationId: world.organizationId,
                phase: "RUNNING",
            });
        }
        await world.stack.refresh();
        expect(await world.stack.resource("review")).toMatchObject({ id });
        // A create can't see whether it has happened before, so it does not happen.
        world.declareWorkspace({ running: false, region: "europe" });
        await expect(world.stack.up()).rejects.toThrow("there are too many workspaces in this organization");
    });

    test("by another user's token", async () => {
        const bob = world.emulator.addUser("bob");
        world.stack.automation.workspace.envVars["GITPOD_TOKEN"] = bob.token;
        await expect(world.stack.refresh()).rejects.toThrow("use a token of the owner");
        await expect(world.stack.destroy()).rejects.toThrow("use a token of the owner");
        await expectKept();
    });
});

test("a full page does not hide a deletion where gitpod.v1 lists more", async () => {
    await world.close();
    world = await World.create({ emulator: { parallelLimit: 1_000 } });
    world.declareWorkspace({ running: true });
    await world.stack.up();
    for (let count = 0; count < 100; count++) {
        world.emulator.outside.create({
            contextUrl: CONTEXT_URL,
            organizationId: world.organizationId,
            phase: "RUNNING",
        });
    }
    const { id } = (await world.stack.resource("review")) ?? {};
    world.emulator.outside.delete(id ?? "");
    await world.stack.refresh();
    expect(await world.stack.resource("review")).toBeUndefined();
});
