import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { EmulatorOptions } from "gitpod-emulator";
import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World } from "./fixture";

const token = "gitpod_pat_lookups.0123456789012345678901234567890123456789";

/** Look-ups run in the process of the program, so the token comes to them by the configuration. */
function createWorld(emulator: EmulatorOptions = {}): Promise<World> {
    return World.create({
        emulator: { ...emulator, token },
        config: { "gitpod:token": { value: token, secret: true } },
    });
}

let world: World;
beforeEach(async () => {
    world = await createWorld();
});
afterEach(() => world.close());

/** A workspace made behind Pulumi's back. */
async function existing(contextUrl = CONTEXT_URL): Promise<string> {
    const id = world.emulator.outside.create({ contextUrl, organizationId: world.organizationId });
    await world.emulator.whenPhase(id, "RUNNING");
    return id;
}

/** The outputs of a program after `up`, secrets in clear. */
async function outputsOf(program: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
    world.declare(program);
    await world.stack.up();
    const outputs = await world.stack.automation.outputs();
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}

test("getWorkspace gives the same as the outputs of the resource", async () => {
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const saved = (await world.stack.resource("review"))?.outputs ?? {};
    const outputs = await outputsOf(async () => {
        const review = new gitpod.Workspace("review", { contextUrl: CONTEXT_URL, running: true });
        return { found: gitpod.getWorkspaceOutput({ workspaceId: review.id }) };
    });
    const { id, ...found } = outputs["found"] as gitpod.GetWorkspaceResult;
    expect(id).toBe(world.only().id);
    expect(saved).toMatchObject(found);
    expect(Object.keys(found)).toEqual(
        expect.arrayContaining(["phase", "url", "running", "context", "ownerId"]),
    );
});

test("getWorkspace does not find a deleted workspace, although the server answers for it", async () => {
    const id = await existing();
    world.emulator.outside.delete(id);
    world.declare(async () => ({ found: await gitpod.getWorkspace({ workspaceId: id }) }));
    await expect(world.stack.up()).rejects.toThrow(`workspace ${id} is deleted`);
});

test("listWorkspaces passes the page size on, and gives the token as the server does", async () => {
    await existing();
    await existing("https://github.com/acme/course");
    const outputs = await outputsOf(async () => ({
        all: await gitpod.listWorkspaces(),
        one: gitpod.listWorkspacesOutput({ pageSize: 1, organizationId: world.organizationId }),
    }));
    expect(outputs["all"]).toMatchObject({ workspaces: [{}, {}], nextPageToken: "" });
    expect(outputs["one"]).toMatchObject({ workspaces: [{ phase: "RUNNING" }] });
    const sizes = world.emulator.calls
        .filter(({ rpc }) => rpc === "ListWorkspaces")
        .map(({ request }) => request);
    expect(sizes).toContainEqual(expect.objectContaining({ pagination: { pageSize: 1 } }));
});

test("getOwnerToken waits for a token in up, and is a secret that is encrypted in the state", async () => {
    await world.close();
    world = await createWorld({ durations: { preparing: 400 } });
    const outputs = await outputsOf(async () => {
        const review = new gitpod.Workspace("review", {
            contextUrl: CONTEXT_URL,
            running: true,
            waitFor: "none",
        });
        const found = gitpod.getOwnerTokenOutput({ workspaceId: review.id });
        return { token: found.token, isSecret: pulumi.isSecret(found) };
    });
    expect(outputs["token"]).toEqual(expect.stringMatching(/.+/));
    expect(outputs["isSecret"]).toBe(true);
    const state = await world.stack.stateText();
    expect(state).toContain("ciphertext");
    expect(state).not.toContain(outputs["token"]);
});

test("in a preview a token that is not there is unknown at once, and nothing is created", async () => {
    const id = await existing();
    world.emulator.outside.removeInstance(id);
    world.declare(async () => {
        const known: string[] = [];
        const review = new gitpod.Workspace("review", { contextUrl: CONTEXT_URL, running: true });
        gitpod.getOwnerTokenOutput({ workspaceId: review.id }).token.apply((token) => known.push(token));
        gitpod.getOwnerTokenOutput({ workspaceId: id }).token.apply((token) => known.push(token));
        gitpod.getWorkspaceOutput({ workspaceId: review.id }).id.apply((id) => known.push(id));
        return { known: pulumi.output(known) };
    });
    world.emulator.clearCalls();
    await world.stack.preview();
    expect(world.calls("GetOwnerToken")).toBe(1);
    expect(world.calls("GetWorkspace")).toBe(0);
});

test("getOwnerToken of a workspace that does not exist is not found, without a wait", async () => {
    world.declare(async () => ({
        token: (await gitpod.getOwnerToken({ workspaceId: "acme-shop-k3j9x0q2ab1" })).token,
    }));
    await expect(world.stack.up()).rejects.toThrow("not_found");
    expect(world.calls("GetOwnerToken")).toBe(1);
});

test("getTeam finds a team by id and by name, with its slug and without its invitation", async () => {
    const { id } = world.emulator.addTeam("Platform");
    const outputs = await outputsOf(async () => ({
        byId: await gitpod.getTeam({ teamId: id }),
        byName: gitpod.getTeamOutput({ name: "Platform" }),
    }));
    expect(outputs["byId"]).toMatchObject({
        id,
        name: "Platform",
        slug: "platform",
        members: [{ userId: world.emulator.userId, role: "owner" }],
    });
    expect(outputs["byName"]).toEqual(outputs["byId"]);
    expect(outputs["byId"]).not.toHaveProperty("invitationId");
});

test("getTeam refuses an ambiguous name, and names the ids", async () => {
    const ids = [world.emulator.addTeam("Platform").id, world.emulator.addTeam("Platform").id];
    world.declare(async () => ({ team: await gitpod.getTeam({ name: "Platform" }) }));
    const failure = String(await world.stack.up().catch((error: unknown) => error));
    for (const id of ids) {
        expect(failure).toContain(id);
    }
});

test("listTeams and listWorkspaceClasses list what there is", async () => {
    world.emulator.addTeam("Platform");
    const outputs = await outputsOf(async () => ({
        teams: (await gitpod.listTeams()).teams.map(({ name }) => name),
        sameTeams: gitpod.listTeamsOutput().teams.apply((teams) => teams.map(({ name }) => name)),
        classes: (await gitpod.listWorkspaceClasses()).workspaceClasses,
        sameClasses: gitpod.listWorkspaceClassesOutput().workspaceClasses,
    }));
    expect(outputs["teams"]).toEqual(expect.arrayContaining(["Acme", "Platform"]));
    expect(outputs["sameTeams"]).toEqual(outputs["teams"]);
    expect(outputs["classes"]).toContainEqual({
        id: "g1-standard",
        displayName: "Standard",
        description: expect.any(String),
        isDefault: true,
    });
    expect(outputs["sameClasses"]).toEqual(outputs["classes"]);
});

test("dependsOn makes a look-up wait for a resource", async () => {
    const outputs = await outputsOf(async () => {
        const review = new gitpod.Workspace("review", { contextUrl: CONTEXT_URL, running: true });
        return {
            count: gitpod
                .listWorkspacesOutput({}, { dependsOn: review })
                .apply(({ workspaces }) => workspaces.length),
        };
    });
    expect(outputs["count"]).toBe(1);
});

test.each<[string, () => Promise<unknown>, string]>([
    ["getWorkspace", () => gitpod.getWorkspace({ workspaceId: "nonsense" }), "workspaceId must be the id"],
    ["listWorkspaces", () => gitpod.listWorkspaces({ pageSize: 101 }), "pageSize must be a whole number"],
    ["getTeam", () => gitpod.getTeam({}), "give teamId or name"],
])("%s refuses bad arguments before it calls anything", async (_, call, message) => {
    world.declare(async () => ({ result: await call() }));
    await expect(world.stack.preview()).rejects.toThrow(message);
    expect(world.emulator.calls).toEqual([]);
});

test("a program that makes look-ups ends by itself", async () => {
    const script = `
        const pulumi = require("@pulumi/pulumi");
        pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) });
        pulumi.runtime.setConfig("gitpod:host", process.env.API);
        require("pulumi-gitpod").listTeams().then(({ teams }) => console.log(teams.length));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
        env: { ...process.env, API: world.emulator.url, GITPOD_TOKEN: world.emulator.token },
    });
    expect(stdout.trim()).toBe("1");
});
