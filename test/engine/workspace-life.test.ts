import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World } from "./fixture";

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

test("up creates a workspace that runs, and the next up has nothing to do", async () => {
    world.declareWorkspace({ running: true });
    const up = await world.stack.up();
    const workspace = world.only();
    expect(workspace).toMatchObject({
        phase: "RUNNING",
        organizationId: world.organizationId,
        instances: 1,
    });
    expect(up.outputs).toMatchObject({
        id: { value: workspace.id },
        phase: { value: "RUNNING" },
        running: { value: true },
        url: { value: expect.stringContaining(workspace.id) },
    });
    expect(up.stdout).toContain("gitpod.Workspace review: new → ");

    world.emulator.clearCalls();
    await world.expectSettled();
    expect(world.emulator.calls).toEqual([]);
});

test("a workspace that is declared stopped is created, runs shortly, and is stopped", async () => {
    world.declareWorkspace({ running: false });
    await world.stack.up();
    expect(world.only()).toMatchObject({ phase: "STOPPED", instances: 1 });
    await world.expectSettled();
});

test("a workspace whose running state is left out runs once and is then left alone", async () => {
    world.declareWorkspace();
    await world.stack.up();
    const { id } = world.only();
    expect(world.only().phase).toBe("RUNNING");
    world.emulator.outside.stop(id);
    await world.stack.refresh();
    await world.expectSettled();
    expect(world.only()).toMatchObject({ id, phase: "STOPPED", instances: 1 });
});

test("running goes from true to false to true, in the same workspace", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.declareWorkspace({ running: false });
    expect((await world.stack.up()).changes).toMatchObject({ update: 1 });
    expect(world.only()).toMatchObject({ id, phase: "STOPPED" });
    world.declareWorkspace({ running: true });
    const up = await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING", instances: 2 });
    expect(up.outputs["phase"]?.value).toBe("RUNNING");
    await world.expectSettled();
});

test("a workspace that was stopped from outside shows as drift and is started again", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.emulator.outside.timeOut(id);

    const refresh = await world.stack.refresh();
    expect(refresh.stdout).toContain("[diff: ~running]");
    expect((await world.stack.resource("review"))?.outputs).toMatchObject({
        running: false,
        phase: "STOPPED",
        stopReason: "timeout",
    });
    const preview = await world.stack.preview();
    expect(preview.changes).toMatchObject({ update: 1 });
    expect(world.only().phase).toBe("STOPPED");

    await world.stack.up();
    expect(world.only()).toMatchObject({ id, phase: "RUNNING", instances: 2 });
    await world.expectSettled();
});

test.each(["delete", "purge"] as const)(
    "a workspace that is gone (%s) is dropped by refresh and made again",
    async (change) => {
        world.declareWorkspace({ running: true });
        await world.stack.up();
        const { id } = world.only();
        world.emulator.outside[change](id);
        await world.stack.refresh();
        expect(await world.stack.resource("review")).toBeUndefined();
        await world.stack.up();
        expect(world.only()).toMatchObject({ phase: "RUNNING" });
        expect(world.only().id).not.toBe(id);
    },
);

test("without a refresh, a workspace that is gone is an error that says what to do", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    world.emulator.outside.delete(world.only().id);
    world.declareWorkspace({ running: false });
    await expect(world.stack.up()).rejects.toThrow("pulumi up --refresh");
    await world.stack.up({ refresh: true });
    expect(world.only().phase).toBe("STOPPED");
});

test("another context URL replaces the workspace: the old one is deleted first", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.emulator.clearCalls();
    world.declareWorkspace({ running: true, contextUrl: "https://github.com/acme/shop/pull/43" });
    expect((await world.stack.up()).changes).toMatchObject({ replace: 1 });
    expect(world.only().id).not.toBe(id);
    expect(world.only().contextUrl).toContain("/pull/43");
    const order = world.emulator.calls.map(({ rpc }) => rpc);
    expect(order.indexOf("DeleteWorkspace")).toBeLessThan(order.indexOf("CreateAndStartWorkspace"));
});

test("--replace deletes first, and the replacement is not its predecessor", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.emulator.clearCalls();
    const urn = (await world.stack.resource("review"))?.urn ?? "";
    await world.stack.up({ replace: [urn] });
    expect(world.only().id).not.toBe(id);
    const order = world.emulator.calls.map(({ rpc }) => rpc);
    expect(order.indexOf("DeleteWorkspace")).toBeLessThan(order.indexOf("CreateAndStartWorkspace"));
});

test("destroy takes it away", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
    expect(world.emulator.workspaces()).toMatchObject([{ deleted: true, phase: "STOPPED" }]);
});

test("a team and its workspaces come up together, and go down in order", async () => {
    world.declare(async () => {
        const team = new gitpod.Team("platform", { name: "Platform" });
        for (const name of ["one", "two"]) {
            new gitpod.Workspace(name, {
                contextUrl: CONTEXT_URL,
                organizationId: team.id,
                running: name === "one",
            });
        }
    });
    await world.stack.up();
    const team = world.emulator.teams().find(({ name }) => name === "Platform");
    expect(world.alive().map(({ phase, organizationId }) => ({ phase, organizationId }))).toEqual(
        expect.arrayContaining([
            { phase: "RUNNING", organizationId: team?.id },
            { phase: "STOPPED", organizationId: team?.id },
        ]),
    );
    await world.expectSettled();
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
    expect(world.emulator.teams().filter(({ deleted }) => !deleted)).toMatchObject([{ name: "Acme" }]);
});
