import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World } from "./fixture";

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

function declareTeam(args: gitpod.TeamArgs): void {
    world.declare(async () => {
        const { id, name, slug, members, invitationId } = new gitpod.Team("platform", args);
        return { id, name, slug, members, invitationId };
    });
}

/** The teams that exist now, besides the one that each world begins with. */
function teams(): { id: string; name: string }[] {
    return world.emulator
        .teams()
        .filter(({ deleted, name }) => !deleted && name !== "Acme")
        .map(({ id, name }) => ({ id, name }));
}

test("up creates a team with its members, slug and secret invitation; the next up has nothing to do", async () => {
    declareTeam({ name: "  Platform  " });
    const up = await world.stack.up();
    const [team] = teams();
    expect(team).toMatchObject({ name: "Platform" });
    expect(up.outputs).toMatchObject({
        id: { value: team?.id },
        name: { value: "Platform" },
        slug: { value: "platform" },
        members: {
            value: [
                {
                    userId: world.emulator.userId,
                    role: "owner",
                    fullName: "alice",
                    email: "alice@example.test",
                    memberSince: expect.any(String),
                    avatarUrl: expect.any(String),
                },
            ],
        },
        invitationId: { secret: true },
    });
    expect(await world.stack.stateText()).not.toContain(String(up.outputs["invitationId"]?.value));
    await world.expectSettled();
});

test("a team of a name that the caller owns already is an error that names it; adopt takes it", async () => {
    const { id } = world.emulator.addTeam("Platform");
    declareTeam({ name: "Platform" });
    await expect(world.stack.up()).rejects.toThrow(id);
    expect(teams()).toHaveLength(1);

    declareTeam({ name: "Platform", adopt: id });
    await world.stack.up();
    expect(teams()).toEqual([{ id, name: "Platform" }]);
    expect(world.calls("CreateTeam")).toBe(0);
    await world.expectSettled();
});

test("adopt renames a team of another name", async () => {
    const { id } = world.emulator.addTeam("Old name");
    declareTeam({ name: "Platform", adopt: id });
    await world.stack.up();
    expect(teams()).toEqual([{ id, name: "Platform" }]);
});

test("adopt refuses a team that the caller does not own", async () => {
    const bob = world.emulator.addUser("bob");
    const { id } = world.emulator.addTeam("Theirs", { owner: bob.id, members: [world.emulator.userId] });
    declareTeam({ name: "Theirs", adopt: id });
    await expect(world.stack.up()).rejects.toThrow("is not an owner of it");
});

test("allowDuplicateName makes another one", async () => {
    world.emulator.addTeam("Platform");
    declareTeam({ name: "Platform", allowDuplicateName: true });
    await world.stack.up();
    expect(teams()).toHaveLength(2);
    await world.expectSettled();
});

test.each([
    ["an error after the work", { kind: "error", code: "internal" }],
    ["a limit that is met after the work", { kind: "error", code: "resource_exhausted" }],
    ["a dropped connection", { kind: "drop" }],
] as const)("a create whose answer is lost (%s) finds the team", async (_, fault) => {
    declareTeam({ name: "Platform" });
    world.emulator.fail({ rpc: "CreateTeam", when: "after", ...fault });
    await world.stack.up();
    expect(teams()).toHaveLength(1);
    expect(world.calls("CreateTeam")).toBe(1);
    await world.expectSettled();
});

test("after a kill the next up names the id and creates nothing; with adopt it goes on", async () => {
    declareTeam({ name: "Platform" });
    world.emulator.fail({ rpc: "CreateTeam", when: "after", kind: "drop" });
    world.emulator.fail({
        rpc: "ListTeams",
        when: "before",
        kind: "error",
        code: "unavailable",
        skip: 1,
        times: Number.POSITIVE_INFINITY,
    });
    await expect(world.stack.up()).rejects.toThrow("can't be seen now");
    world.emulator.clearFaults();
    const [team] = teams();
    await expect(world.stack.up()).rejects.toThrow(team?.id);
    expect(teams()).toHaveLength(1);
    declareTeam({ name: "Platform", ...(team === undefined ? {} : { adopt: team.id }) });
    await world.stack.up();
    expect(teams()).toEqual([team]);
});

test("a rename is done in place, once", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    const [team] = teams();
    declareTeam({ name: "Infrastructure" });
    const preview = await world.stack.preview();
    expect(preview.changes).toMatchObject({ update: 1 });
    const up = await world.stack.up();
    expect(teams()).toEqual([{ id: team?.id, name: "Infrastructure" }]);
    expect(up.outputs["slug"]?.value).toBe("infrastructure");
    expect(world.calls("UpdateOrganization")).toBe(1);
    await world.expectSettled();
});

test.each(["internal", "unavailable"])("a rename whose answer is lost (%s) is read back", async (code) => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    declareTeam({ name: "Infrastructure" });
    world.emulator.fail({ rpc: "UpdateOrganization", when: "after", kind: "error", code });
    await world.stack.up();
    expect(teams()).toMatchObject([{ name: "Infrastructure" }]);
    expect(world.calls("UpdateOrganization")).toBe(1);
});

test("a rename over 32 characters fails the check; a create over 32 warns", async () => {
    const long = "The platform team of the northern region";
    declareTeam({ name: "Platform" });
    await world.stack.up();
    declareTeam({ name: long });
    await expect(world.stack.preview()).rejects.toThrow("at most 32 characters");
    expect(teams()).toMatchObject([{ name: "Platform" }]);
    await world.stack.destroy();
    const up = await world.stack.up();
    expect(up.stdout).toContain("it can't be put back");
    expect(teams()).toMatchObject([{ name: long }]);
});

test("without gitpod.v1 a rename is a clear error, the state unchanged, and there is no slug", async () => {
    await world.close();
    world = await World.create({ emulator: { v1: false } });
    declareTeam({ name: "Platform" });
    const up = await world.stack.up();
    expect(up.outputs["slug"]).toBeUndefined();
    declareTeam({ name: "Infrastructure" });
    await expect(world.stack.up()).rejects.toThrow("does not serve gitpod.v1.OrganizationService");
    expect(teams()).toMatchObject([{ name: "Platform" }]);
    expect((await world.stack.resource("platform"))?.outputs).toMatchObject({ name: "Platform" });
    declareTeam({ name: "Platform" });
    await world.expectSettled();
});

test("a rename from outside shows as drift and is put back", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    const [team] = teams();
    world.emulator.outside.renameTeam(team?.id ?? "", "Somebody's");
    const refresh = await world.stack.refresh();
    expect(refresh.stdout).toContain("[diff: ~name]");
    await world.stack.up();
    expect(teams()).toEqual([team]);
});

test("a deletion from outside is dropped by refresh and made again", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    const [team] = teams();
    world.emulator.outside.deleteTeam(team?.id ?? "");
    await world.stack.refresh();
    expect(await world.stack.resource("platform")).toBeUndefined();
    await world.stack.up();
    expect(teams()).toMatchObject([{ name: "Platform" }]);
});

test("new members show in a refresh and cause no change", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    const [team] = teams();
    await joinAs("bob");
    await world.stack.refresh();
    expect((await world.stack.resource("platform"))?.outputs?.["members"]).toHaveLength(2);
    await world.expectSettled();
    expect(teams()).toEqual([team]);

    async function joinAs(name: string): Promise<void> {
        const { token } = world.emulator.addUser(name);
        const { value } = (await world.stack.automation.outputs())["invitationId"] ?? {};
        const response = await fetch(`${world.emulator.url}/gitpod.experimental.v1.TeamsService/JoinTeam`, {
            method: "POST",
            headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
            body: JSON.stringify({ invitationId: value }),
        });
        expect(response.status).toBe(200);
    }
});

test("a team that the caller may not read, or whose member the caller is not, is not taken for gone", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    world.emulator.fail({ rpc: "GetTeam", when: "before", kind: "error", code: "permission_denied" });
    await expect(world.stack.refresh()).rejects.toThrow("permission_denied");
    const { envVars } = world.stack.automation.workspace;
    envVars["GITPOD_TOKEN"] = world.emulator.addUser("bob").token;
    await expect(world.stack.refresh()).rejects.toThrow("was not a member");
    await expect(world.stack.destroy()).rejects.toThrow("was not a member");
    expect(teams()).toHaveLength(1);
    expect(await world.stack.resource("platform")).toBeDefined();
});

test("a server that says OK and keeps the team is not believed", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    world.emulator.fail({ rpc: "DeleteTeam", when: "before", kind: "noop", times: Number.POSITIVE_INFINITY });
    await expect(world.stack.destroy()).rejects.toThrow("is still there although the server accepted");
    expect(await world.stack.resource("platform")).toBeDefined();
    world.emulator.clearFaults();
    await world.stack.destroy();
    expect(teams()).toEqual([]);
});

test("destroying a team that is gone is a success", async () => {
    declareTeam({ name: "Platform" });
    await world.stack.up();
    world.emulator.outside.deleteTeam(teams()[0]?.id ?? "");
    await world.stack.destroy();
    expect(await world.stack.resource("platform")).toBeUndefined();
});

test("a team with two workspaces is renamed without a replacement, survives drift, and goes down in order", async () => {
    const declare = (name: string): void =>
        world.declare(async () => {
            const team = new gitpod.Team("platform", { name });
            for (const running of [true, false]) {
                new gitpod.Workspace(running ? "on" : "off", {
                    contextUrl: CONTEXT_URL,
                    organizationId: team.id,
                    running,
                });
            }
        });
    declare("Platform");
    await world.stack.up();
    const before = world.alive().map(({ id }) => id);

    declare("Infrastructure");
    expect((await world.stack.up()).changes).toEqual({ same: 3, update: 1 });
    expect(teams()).toMatchObject([{ name: "Infrastructure" }]);
    expect(world.alive().map(({ id }) => id)).toEqual(before);

    const on = await world.stack.resource("on");
    const off = await world.stack.resource("off");
    world.emulator.outside.stop(on?.id ?? "");
    world.emulator.outside.delete(off?.id ?? "");
    world.emulator.outside.renameTeam(teams()[0]?.id ?? "", "Somebody's");
    await world.stack.up({ refresh: true });
    expect(teams()).toMatchObject([{ name: "Infrastructure" }]);
    expect(world.alive().map(({ phase }) => phase)).toEqual(expect.arrayContaining(["RUNNING", "STOPPED"]));
    expect(world.alive()).toHaveLength(2);
    await world.expectSettled();

    world.emulator.clearCalls();
    await world.stack.destroy();
    expect(teams()).toEqual([]);
    expect(world.alive()).toEqual([]);
    const order = world.emulator.calls.map(({ rpc }) => rpc);
    expect(order.lastIndexOf("DeleteWorkspace")).toBeLessThan(order.indexOf("DeleteTeam"));
});
