import { Emulator } from "gitpod-emulator";
import { type Clients, clientsOf, codeOf, createWorkspace, REPOSITORY } from "./fixture";
import { send } from "./http-client";

let emulator: Emulator;
let clients: Clients;

beforeEach(async () => {
    emulator = await Emulator.start({ limits: false });
    clients = clientsOf(emulator);
});

afterEach(() => emulator.close());

async function control(operation: string, body?: unknown) {
    const [method = "", path = ""] = operation.split(" ");
    const answer = await send(emulator.url, {
        method,
        path: `/_emulator/${path}`,
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: JSON.parse(answer.text) };
}

test("shows the state and the calls", async () => {
    const { id: organizationId } = (await control("POST teams", { name: "Acme" })).body;
    const workspaceId = await createWorkspace(clients, organizationId);
    const { body } = await control("GET state");
    expect(body).toMatchObject({
        url: emulator.url,
        users: [{ id: emulator.userId, name: "alice", token: emulator.token }],
        teams: [{ id: organizationId, name: "Acme", slug: "acme", deleted: false }],
        workspaces: [{ id: workspaceId, deleted: false, instances: 1 }],
    });
    expect((await control("GET calls")).body).toMatchObject([{ rpc: "CreateAndStartWorkspace" }]);
    await control("DELETE calls");
    expect((await control("GET calls")).body).toEqual([]);
});

test("adds users and teams with members", async () => {
    const bob = (await control("POST users", { name: "bob" })).body;
    const team = (await control("POST teams", { name: "Acme", owner: bob.id, members: [emulator.userId] }))
        .body;
    const listed = await clientsOf(emulator, bob.token).teams.listTeams({});
    expect(listed.teams.map(({ id }) => id)).toEqual([team.id]);
    expect(await codeOf(clients.teams.deleteTeam({ teamId: team.id }))).toBe("permission_denied");
});

test("puts faults on and takes them off", async () => {
    const list = () => codeOf(clients.teams.listTeams({}));
    const fault = { rpc: "ListTeams", when: "before" };
    await control("POST faults", { ...fault, kind: "error", code: "unavailable" });
    await control("POST faults", { ...fault, kind: "http", status: 503, body: "", headers: { A: "b" } });
    await control("POST faults", { ...fault, kind: "drop", times: "always" });
    expect([await list(), await list()]).toEqual(["unavailable", "unavailable"]);
    await list();
    await list();
    expect(emulator.calls.map((call) => call.fault)).toEqual(["error", "http", "drop", "drop"]);
    await control("DELETE faults");
    await control("POST faults", { ...fault, kind: "noop", skip: 1 });
    await control("POST faults", { ...fault, kind: "delay", ms: 0 });
    expect([await list(), await list()]).toEqual(["ok", "ok"]);
});

test("plans the next start", async () => {
    const organizationId = emulator.addTeam("Acme").id;
    await control("POST next-start", { imageBuildMs: 1, fail: "no such image" });
    const id = await createWorkspace(clients, organizationId);
    await emulator.whenPhase(id, "STOPPED");
    expect(emulator.workspaces()).toMatchObject([{ failed: "no such image" }]);
});

test("changes workspaces from outside", async () => {
    const organizationId = emulator.addTeam("Acme").id;
    const created = await control("POST outside/create", {
        contextUrl: REPOSITORY,
        organizationId,
        phase: "RUNNING",
    });
    const { id } = created.body;
    const state = () => emulator.workspaces()[0];
    const after = async (change: string, more = {}) => {
        expect((await control(`POST outside/${change}`, { id, ...more })).status).toBe(200);
        return state();
    };
    expect(await after("interrupt")).toMatchObject({ phase: "INTERRUPTED" });
    expect(await after("unknownPhase")).toMatchObject({ phase: "UNSPECIFIED" });
    expect(await after("start")).toMatchObject({ phase: "RUNNING" });
    await after("touch");
    await after("setGitStatus", {
        branch: "next",
        uncommitted: ["a", "b"],
        untracked: ["c"],
        unpushed: ["d"],
    });
    const { result } = await clients.workspaces.getWorkspace({ workspaceId: id });
    expect(result?.status?.instance?.status).toMatchObject({
        conditions: { firstUserActivity: expect.anything() },
        gitStatus: {
            branch: "next",
            totalUncommitedFiles: 2,
            untrackedFiles: ["c"],
            unpushedCommits: ["d"],
        },
    });
    expect(await after("failInstance", { reason: "node went away" })).toMatchObject({
        failed: "node went away",
    });
    expect(await after("start")).toMatchObject({ instances: 2 });
    expect(await after("timeOut")).toMatchObject({ phase: "STOPPED", timeout: expect.any(String) });
    await after("start");
    expect(await after("stop")).toMatchObject({ phase: "STOPPED" });
    expect(await after("removeInstance")).toMatchObject({ instances: 0 });
    expect(await after("delete")).toMatchObject({ deleted: true });
    expect(await after("purge")).toBeUndefined();
});

test("changes teams from outside", async () => {
    const { id } = emulator.addTeam("Acme");
    await control("POST outside/renameTeam", { id, name: "Other" });
    await control("POST outside/leaveTeam", { id, userId: emulator.userId });
    expect(emulator.teams()).toMatchObject([{ name: "Other", members: [] }]);
    await control("POST outside/deleteTeam", { id });
    expect(emulator.teams()).toMatchObject([{ deleted: true }]);
});

test.each([
    ["POST faults", "no json", 400],
    ["POST faults", [], 400],
    ["POST faults", { rpc: "X", when: "sometimes", kind: "drop" }, 400],
    ["POST faults", { rpc: "X", when: "before", kind: "error" }, 400],
    ["POST faults", { rpc: "X", when: "before", kind: "drop", tmies: 2 }, 400],
    ["POST faults", { rpc: "X", when: "before", kind: "delay", ms: "5" }, 400],
    ["POST faults", { rpc: "X", when: "before", kind: "error", code: "nonsense" }, 409],
    ["POST next-start", { failAt: "LATER" }, 400],
    ["POST next-start", { failAt: "STOPPED" }, 409],
    ["POST outside/explode", { id: "x" }, 400],
    ["POST outside/toString", { id: "x" }, 400],
    ["POST outside/stop", {}, 400],
    ["POST outside/stop", { id: "x" }, 409],
    ["POST teams", { name: "ab" }, 409],
    ["PUT state", {}, 404],
    ["GET nothing", undefined, 404],
])("refuses %s %j", async (operation, body, status) => {
    const answer = await control(operation, body);
    expect(answer).toEqual({ status, body: { error: expect.any(String) } });
});
