import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World } from "./fixture";

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

test("ignoreChanges running: started once, then left alone", async () => {
    world.declareWorkspace({ running: true }, { ignoreChanges: ["running"] });
    await world.stack.up();
    const { id } = world.only();
    world.emulator.outside.stop(id);
    await world.stack.refresh();
    await world.expectSettled();
    expect(world.only()).toMatchObject({ id, phase: "STOPPED", instances: 1 });
});

test("protect refuses a destroy, and touches nothing", async () => {
    world.declareWorkspace({ running: true }, { protect: true });
    await world.stack.up();
    await expect(world.stack.destroy()).rejects.toThrow("protect");
    expect(world.only().phase).toBe("RUNNING");
});

test("retainOnDelete leaves the workspace and forgets it", async () => {
    world.declareWorkspace({ running: true }, { retainOnDelete: true });
    await world.stack.up();
    await world.stack.destroy();
    expect(world.only().phase).toBe("RUNNING");
});

test("deletedWith a team leaves its workspaces behind, running", async () => {
    world.declare(async () => {
        const team = new gitpod.Team("platform", { name: "Platform" });
        new gitpod.Workspace(
            "review",
            { contextUrl: CONTEXT_URL, organizationId: team.id, running: true },
            { deletedWith: team },
        );
    });
    await world.stack.up();
    await world.stack.destroy();
    // Why the docs warn of it.
    expect(world.only().phase).toBe("RUNNING");
});

test("an alias renames a resource without touching its workspace", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const { id } = world.only();
    world.declare(async () => {
        new gitpod.Workspace(
            "pull42",
            { contextUrl: CONTEXT_URL, running: true },
            { aliases: [{ name: "review" }] },
        );
    });
    await world.stack.up();
    expect(world.only()).toMatchObject({ id, instances: 1 });
    await world.stack.refresh({ expectNoChanges: true });
    await world.expectSettled();
});

test("replaceOnChanges has no effect: the dynamic host does not say which property changes", async () => {
    world.declareWorkspace({ running: true }, { replaceOnChanges: ["waitFor"] });
    await world.stack.up();
    const { id } = world.only();
    world.declareWorkspace({ running: true, waitFor: "none" }, { replaceOnChanges: ["waitFor"] });
    await world.stack.up();
    expect(world.only().id).toBe(id);
});

test("a changed replacementTrigger replaces the workspace, the old one deleted first", async () => {
    world.declareWorkspace({ running: true }, { replacementTrigger: "once" });
    await world.stack.up();
    const { id } = world.only();
    world.declareWorkspace({ running: true }, { replacementTrigger: "again" });
    world.emulator.clearCalls();
    await world.stack.up();
    expect(world.only().id).not.toBe(id);
    const order = world.emulator.calls.map(({ rpc }) => rpc);
    expect(order.indexOf("DeleteWorkspace")).toBeLessThan(order.indexOf("CreateAndStartWorkspace"));
});

test("up --refresh repairs drift in one run", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    world.emulator.outside.stop(world.only().id);
    await world.stack.up({ refresh: true });
    expect(world.only().phase).toBe("RUNNING");
});

test("--target updates one of two", async () => {
    const both = (running: boolean) => async () => {
        for (const name of ["one", "two"]) {
            new gitpod.Workspace(name, { contextUrl: CONTEXT_URL, running });
        }
    };
    world.declare(both(true));
    await world.stack.up();
    const one = await world.stack.resource("one");
    world.declare(both(false));
    await world.stack.up({ target: [one?.urn ?? ""] });
    expect(world.alive().map(({ id, phase }) => [id === one?.id, phase])).toEqual(
        expect.arrayContaining([
            [true, "STOPPED"],
            [false, "RUNNING"],
        ]),
    );
});

test("a refresh uses the configuration of the last program run; --run-program that of now", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const elsewhere = "http://127.0.0.1:1";
    await world.stack.automation.setConfig("gitpod:host", { value: elsewhere });
    await world.stack.refresh();
    await expect(world.stack.refresh({ runProgram: true })).rejects.toThrow(
        "nothing listens at the API's address",
    );
});

test("secret and unknown inputs pass through a preview, and a secret is encrypted in the state", async () => {
    world.declare(async () => {
        const team = new gitpod.Team("platform", { name: "Platform" });
        new gitpod.Workspace("review", {
            contextUrl: pulumi.secret("https://github.com/acme/shop/pull/4242"),
            organizationId: team.id,
            running: team.slug.apply((slug) => slug !== undefined),
        });
    });
    await world.stack.preview();
    expect(world.alive()).toEqual([]);
    await world.stack.up();
    expect(world.only().phase).toBe("RUNNING");
    expect(await world.stack.stateText()).not.toContain("pull/4242");
    await world.stack.refresh();
    expect(await world.stack.stateText()).not.toContain("pull/4242");
    await world.expectSettled();
});

test.each<[string, Partial<gitpod.WorkspaceArgs>]>([
    ["prebuildId", { prebuildId: "pb-1" }],
    ["workspaceClass", { workspaceClass: "g1-large" }],
    ["editor", { editor: { name: "goland" } }],
    ["region", { region: "europe" }],
    ["forceDefaultConfig", { forceDefaultConfig: true }],
])("another %s replaces the workspace", async (_, args) => {
    world.declareWorkspace({ running: false });
    await world.stack.up();
    const { id } = world.only();
    world.declareWorkspace({ running: false, ...args });
    expect((await world.stack.preview()).changes).toMatchObject({ replace: 1 });
    await world.stack.up();
    expect(world.only().id).not.toBe(id);
    await world.expectSettled();
});

test("another organization replaces the workspace, if the program names it", async () => {
    world.declareWorkspace({ running: false });
    await world.stack.up();
    const { id } = world.only();
    const other = world.emulator.addTeam("Other");
    // With two organizations the default would be ambiguous, but the saved one is kept.
    await world.expectSettled();
    world.declareWorkspace({ running: false, organizationId: other.id });
    expect((await world.stack.preview()).changes).toMatchObject({ replace: 1 });
    await world.stack.up();
    expect(world.only()).toMatchObject({ organizationId: other.id });
    expect(world.only().id).not.toBe(id);
});
