import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World, type WorldOptions } from "./fixture";

let world: World;
afterEach(() => world.close());

/** Fails a preview and an `up`, with nothing created. */
async function expectRefused(message: string): Promise<void> {
    await expect(world.stack.preview()).rejects.toThrow(message);
    await expect(world.stack.up()).rejects.toThrow(message);
    expect(world.alive()).toEqual([]);
    expect(world.emulator.teams()).toHaveLength(1);
}

test.each<[string, WorldOptions, string]>([
    ["no token", { env: { GITPOD_TOKEN: "" } }, "gitpod:token is not set"],
    [
        "a token with a blank in it",
        { env: { GITPOD_TOKEN: "gitpod_pat_canary 1" } },
        "gitpod:token (or GITPOD_TOKEN) holds a blank",
    ],
    [
        "a host that is neither a name nor a URL",
        { config: { "gitpod:host": { value: "not a host" } } },
        "gitpod:host (or GITPOD_HOST) must be",
    ],
    [
        "plain http to another machine",
        { config: { "gitpod:host": { value: "http://gitpod.example.com" } } },
        "over plain http to this machine only",
    ],
    [
        "an organization that is no UUID",
        { config: { "gitpod:organizationId": { value: "acme" } } },
        "gitpod:organizationId (or GITPOD_ORGANIZATION_ID) must be a UUID",
    ],
])("%s is refused before anything is made", async (_, options, message) => {
    world = await World.create(options);
    world.declareWorkspace({ running: true });
    await expectRefused(message);
});

test("a token is in no message", async () => {
    const token = "gitpod_pat_canary 1";
    world = await World.create({ env: { GITPOD_TOKEN: token } });
    world.declareWorkspace();
    await expect(world.stack.up()).rejects.toThrow(
        expect.not.objectContaining({ message: expect.stringContaining("canary") }),
    );
});

test("a token in clear in the configuration is refused before anything is registered", async () => {
    world = await World.create({
        env: { GITPOD_TOKEN: "" },
        config: { "gitpod:token": { value: "gitpod_pat_canary" } },
    });
    world.declareWorkspace();
    await expectRefused("pulumi config set --secret gitpod:token");
    expect(await world.stack.stateText()).not.toContain("canary");
});

test("a token that is a secret of the configuration is used, and encrypted in the state", async () => {
    const token = "gitpod_pat_canary";
    world = await World.create({
        env: { GITPOD_TOKEN: "" },
        emulator: { token },
        config: { "gitpod:token": { value: token, secret: true } },
    });
    world.declareWorkspace({ running: true });
    await world.stack.up();
    expect(world.only().phase).toBe("RUNNING");
    expect(await world.stack.stateText()).not.toContain(token);
});

test.each<[string, Partial<gitpod.WorkspaceArgs>, string]>([
    ["an empty context URL", { contextUrl: "" }, "property contextUrl"],
    ["a context URL that is none", { contextUrl: "acme/shop" }, "is no URL that Gitpod can open"],
    ["an organization id that is no UUID", { organizationId: "acme" }, "property organizationId"],
    ["a bad duration", { timeouts: { start: "soon" } }, "timeouts.start"],
    ["a bad editor", { editor: { name: "Go Land" } }, "editor.name"],
])("%s fails the check and names the property", async (_, args, message) => {
    world = await World.create();
    world.declareWorkspace(args);
    await expectRefused(message);
    expect(world.emulator.calls).toEqual([]);
});

test("a bad team name fails the check", async () => {
    world = await World.create();
    world.declare(async () => void new gitpod.Team("team", { name: "ab" }));
    await expectRefused("must be 3 to 64 characters");
});

test("a wrong token fails once and at once, with advice", async () => {
    world = await World.create({ env: { GITPOD_TOKEN: "gitpod_pat_wrong.canary" } });
    world.declareWorkspace({ running: true });
    const failure: unknown = await world.stack.up().catch((error: unknown) => error);
    expect(String(failure)).toContain("the token is missing, wrong or expired");
    expect(String(failure)).not.toContain("canary");
    expect(world.calls("GetAuthenticatedUser")).toBe(1);
    expect(world.calls("CreateAndStartWorkspace")).toBe(0);
});

test("a class that the installation does not have is refused before anything is created", async () => {
    world = await World.create();
    world.declareWorkspace({ workspaceClass: "g1-gigantic" });
    await expect(world.stack.up()).rejects.toThrow(
        'workspaceClass "g1-gigantic" is not one of this installation',
    );
    expect(world.calls("CreateAndStartWorkspace")).toBe(0);
});

test("deleteBeforeReplace: false is refused", async () => {
    world = await World.create();
    world.declare(async () => {
        new gitpod.Workspace("review", { contextUrl: CONTEXT_URL }, { deleteBeforeReplace: false });
    });
    await expect(world.stack.up()).rejects.toThrow("deleteBeforeReplace: false is not possible");
});
