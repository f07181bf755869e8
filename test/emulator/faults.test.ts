import { Emulator } from "gitpod-emulator";
import {
    type Clients,
    clientsOf,
    codeOf,
    createWorkspace,
    pass,
    REPOSITORY,
    resumeTime,
    stopTime,
} from "./fixture";
import { connectJson } from "./http-client";

let emulator: Emulator;
let clients: Clients;
let team: string;

beforeEach(async () => {
    emulator = await Emulator.start({ limits: false });
    clients = clientsOf(emulator);
    team = emulator.addTeam("Acme").id;
});

afterEach(() => emulator.close());

const create = () => codeOf(createWorkspace(clients, team));
const made = () => emulator.workspaces().length;
const CREATE = "CreateAndStartWorkspace";

describe("an error", () => {
    test("comes before the work or after it", async () => {
        emulator.fail({ rpc: CREATE, when: "before", kind: "error", code: "unavailable" });
        expect([await create(), made()]).toEqual(["unavailable", 0]);
        emulator.fail({ rpc: CREATE, when: "after", kind: "error", code: "deadline_exceeded" });
        expect([await create(), made()]).toEqual(["deadline_exceeded", 1]);
        expect([await create(), made()]).toEqual(["ok", 2]);
        expect(emulator.calls.map(({ code, fault }) => [code, fault])).toEqual([
            ["unavailable", "error"],
            ["deadline_exceeded", "error"],
            [undefined, undefined],
        ]);
    });

    test("can let calls pass first, and hit several", async () => {
        emulator.fail({ rpc: CREATE, when: "before", kind: "error", code: "internal", skip: 1, times: 2 });
        expect([await create(), await create(), await create(), await create()]).toEqual([
            "ok",
            "internal",
            "internal",
            "ok",
        ]);
    });

    test("can be for ever, until it is cleared", async () => {
        emulator.fail({
            rpc: "WorkspacesService/CreateAndStartWorkspace",
            when: "before",
            kind: "error",
            code: "aborted",
            times: Number.POSITIVE_INFINITY,
        });
        expect([await create(), await create()]).toEqual(["aborted", "aborted"]);
        emulator.clearFaults();
        expect(await create()).toBe("ok");
    });

    test("after the work waits for a call whose work succeeds", async () => {
        emulator.fail({ rpc: CREATE, when: "after", kind: "error", code: "internal" });
        expect(await codeOf(createWorkspace(clients, team, "nonsense"))).toBe("invalid_argument");
        expect([await create(), made()]).toEqual(["internal", 1]);
    });

    test("tells services apart where they share an RPC's name", async () => {
        emulator.fail({
            rpc: "gitpod.v1.WorkspaceService/ListWorkspaces",
            when: "before",
            kind: "error",
            code: "unavailable",
        });
        expect(await codeOf(clients.workspaces.listWorkspaces({}))).toBe("ok");
        expect(await codeOf(clients.workspacesV1.listWorkspaces({ organizationId: team }))).toBe(
            "unavailable",
        );
    });

    test("has the HTTP status that the real servers give it", async () => {
        emulator.fail({ rpc: CREATE, when: "before", kind: "error", code: "failed_precondition" });
        const rpc = "gitpod.experimental.v1.WorkspacesService/CreateAndStartWorkspace";
        expect((await connectJson(emulator.url, rpc, {})).status).toBe(412);
    });
});

describe("a dropped connection", () => {
    test("before the work, and after it", async () => {
        for (const [when, count] of [
            ["before", 0],
            ["after", 1],
        ] as const) {
            emulator.fail({ rpc: CREATE, when, kind: "drop" });
            const call = connectJson(
                emulator.url,
                "gitpod.experimental.v1.WorkspacesService/CreateAndStartWorkspace",
                { contextUrl: REPOSITORY, organizationId: team, startSpec: {} },
                { Authorization: `Bearer ${emulator.token}` },
            );
            await expect(call).rejects.toMatchObject({ code: "ECONNRESET" });
            expect(made()).toBe(count);
        }
        expect(emulator.calls.map(({ code, fault }) => [code, fault])).toEqual([
            [undefined, "drop"],
            [undefined, "drop"],
        ]);
    });
});

describe("a delay", () => {
    beforeEach(stopTime);
    afterEach(resumeTime);

    test("before the work, which is done even if the caller has given up", async () => {
        emulator.fail({ rpc: CREATE, when: "before", kind: "delay", ms: 5000 });
        const arrived = emulator.nextCall(CREATE);
        const giveUp = new AbortController();
        const call = clients.workspaces.createAndStartWorkspace(
            {
                source: { case: "contextUrl", value: REPOSITORY },
                organizationId: team,
                startSpec: {},
            },
            { signal: giveUp.signal },
        );
        expect((await arrived).request).toMatchObject({ organizationId: team });
        giveUp.abort();
        expect(await codeOf(call)).toBe("canceled");
        expect(made()).toBe(0);
        pass(5000);
        await new Promise(setImmediate);
        expect(made()).toBe(1);
    });

    test("holds an answer back", async () => {
        emulator.fail({ rpc: "GetAuthenticatedUser", when: "after", kind: "delay", ms: 5000 });
        const arrived = emulator.nextCall("GetAuthenticatedUser");
        const call = clients.users.getAuthenticatedUser({});
        await arrived;
        await new Promise(setImmediate);
        pass(5000);
        expect((await call).user?.name).toBe("alice");
    });
});

describe("a success that did nothing", () => {
    const noop = (rpc: string) => emulator.fail({ rpc, when: "before", kind: "noop" });

    test("is a success in every shape, and nothing is done", async () => {
        const { id: bobId } = emulator.addUser("bob");
        const workspaceId = await createWorkspace(clients, team);
        await emulator.whenPhase(workspaceId, "RUNNING");
        emulator.outside.stop(workspaceId);
        const { teamInvitation } = await clients.teams.getTeamInvitation({ teamId: team });
        const before = JSON.stringify([emulator.workspaces(), emulator.teams()]);

        noop(CREATE);
        expect(await createWorkspace(clients, team)).toMatch(/^acme-shop-[0-9a-z]{11}$/);
        noop("StartWorkspace");
        expect((await clients.workspaces.startWorkspace({ workspaceId })).result?.workspaceId).toBe(
            workspaceId,
        );
        noop("StopWorkspace");
        expect((await clients.workspaces.stopWorkspace({ workspaceId })).result?.workspaceId).toBe(
            workspaceId,
        );
        noop("DeleteWorkspace");
        await clients.workspaces.deleteWorkspace({ workspaceId });
        noop("CreateTeam");
        expect((await clients.teams.createTeam({ name: "New" })).team?.name).toBe("New");
        noop("DeleteTeam");
        await clients.teams.deleteTeam({ teamId: team });
        noop("UpdateTeamMember");
        await clients.teams.updateTeamMember({ teamId: team, teamMember: { userId: bobId, role: 2 } });
        noop("ResetTeamInvitation");
        await clients.teams.resetTeamInvitation({ teamId: team });
        noop("UpdateOrganization");
        const renamed = await clients.organizations.updateOrganization({
            organizationId: team,
            name: "Other",
        });
        expect(renamed.organization?.name).toBe("Other");
        noop("DeleteOrganization");
        await clients.organizations.deleteOrganization({ organizationId: team });

        expect(JSON.stringify([emulator.workspaces(), emulator.teams()])).toBe(before);
        expect(await clients.teams.getTeamInvitation({ teamId: team })).toMatchObject({ teamInvitation });
        expect(emulator.calls.filter(({ fault }) => fault === "noop")).toHaveLength(10);
    });

    test("still refuses what is refused", async () => {
        noop("DeleteTeam");
        expect(await codeOf(clients.teams.deleteTeam({ teamId: "nonsense" }))).toBe("invalid_argument");
    });
});

describe("the answer of a proxy", () => {
    test("takes the place of the work, or of its answer", async () => {
        const page = { status: 502, body: "<html>bad gateway</html>", contentType: "text/html" };
        const rpc = "gitpod.experimental.v1.TeamsService/CreateTeam";
        for (const [when, count] of [
            ["before", 1],
            ["after", 2],
        ] as const) {
            emulator.fail({ rpc: "CreateTeam", when, kind: "http", ...page, headers: { "X-Proxy": "yes" } });
            const answer = await connectJson(
                emulator.url,
                rpc,
                { name: "New" },
                { Authorization: `Bearer ${emulator.token}` },
            );
            expect(answer).toMatchObject({ status: 502, text: page.body });
            expect(answer.headers).toMatchObject({ "content-type": "text/html", "x-proxy": "yes" });
            expect(emulator.teams()).toHaveLength(count);
        }
        expect(emulator.calls.map(({ code }) => code)).toEqual(["http_502", "http_502"]);
    });

    test("can be a success with the wrong body", async () => {
        emulator.fail({
            rpc: "ListTeams",
            when: "before",
            kind: "http",
            status: 200,
            body: "<html>sign in</html>",
            contentType: "text/html",
        });
        expect(await codeOf(clients.teams.listTeams({}))).not.toBe("ok");
    });
});

test("the log has the request, the caller and the service, and can be cleared", async () => {
    await clients.teams.createTeam({ name: "New" });
    expect(emulator.calls).toEqual([
        {
            rpc: "CreateTeam",
            service: "gitpod.experimental.v1.TeamsService",
            request: { name: "New" },
            at: expect.any(Number),
            user: emulator.userId,
        },
    ]);
    emulator.clearCalls();
    expect(emulator.calls).toEqual([]);
});
