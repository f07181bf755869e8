import type { Fault } from "gitpod-emulator";
import type { GitpodClient } from "../../provider/src/wire/client";
import type { ErrorCode } from "../../provider/src/wire/error";
import { BRISK, codeOf, overEveryWire, REPOSITORY, type Site } from "./site";

/** What the calls of a test are made on. */
interface Things {
    organizationId: string;
    workspaceId: string;
}

type Call = (client: GitpodClient, things: Things) => Promise<unknown>;

const READS: [string, Call][] = [
    ["UserService/GetAuthenticatedUser", (client) => client.whoAmI()],
    ["WorkspacesService/ListWorkspaces", (client, things) => client.listWorkspaces(things.organizationId)],
    ["WorkspacesService/GetWorkspace", (client, things) => client.getWorkspace(things.workspaceId)],
    ["WorkspacesService/ListWorkspaceClasses", (client) => client.listWorkspaceClasses()],
    ["TeamsService/ListTeams", (client) => client.listTeams()],
    ["TeamsService/GetTeam", (client, things) => client.getTeam(things.organizationId)],
    ["WorkspaceService/ListWorkspaces", (client, things) => client.listWorkspacesV1(things.organizationId)],
    [
        "OrganizationService/GetOrganization",
        (client, things) => client.getOrganization(things.organizationId),
    ],
];

const REPEATABLE: [string, Call][] = [
    ["WorkspacesService/StartWorkspace", (client, things) => client.startWorkspace(things.workspaceId)],
    ["WorkspacesService/StopWorkspace", (client, things) => client.stopWorkspace(things.workspaceId)],
    ["WorkspacesService/DeleteWorkspace", (client, things) => client.deleteWorkspace(things.workspaceId)],
];

const ONCE: [string, Call][] = [
    [
        "WorkspacesService/CreateAndStartWorkspace",
        (client, { organizationId }) => client.createWorkspace({ contextUrl: REPOSITORY, organizationId }),
    ],
    [
        "OrganizationService/UpdateOrganization",
        (client, things) => client.renameOrganization(things.organizationId, "Better"),
    ],
    ["TeamsService/CreateTeam", (client) => client.createTeam("Platform")],
];

const TRANSIENT: ErrorCode[] = ["unavailable", "internal", "deadline_exceeded", "aborted"];
const FINAL: ErrorCode[] = [
    "canceled",
    "invalid_argument",
    "not_found",
    "already_exists",
    "permission_denied",
    "failed_precondition",
    "out_of_range",
    "unimplemented",
    "data_loss",
    "unauthenticated",
];
const ATTEMPTS = 6;

function prepare({ emulator }: Site): Things {
    const organizationId = emulator.addTeam("Acme").id;
    return {
        organizationId,
        workspaceId: emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" }),
    };
}

/** A fault of whichever RPC. */
type Trouble = Fault extends infer F ? (F extends Fault ? Omit<F, "rpc"> : never) : never;

const drop = (when: Fault["when"], times = 1): Trouble => ({ when, kind: "drop", times });
const says = (code: ErrorCode, when: Fault["when"] = "before", times = 1): Trouble => ({
    when,
    kind: "error",
    code,
    times,
});

overEveryWire({}, (site) => {
    /** Makes the call in trouble. Returns what it came to and how often it was sent. */
    async function inTrouble([rpc, call]: [string, Call], ...troubles: Trouble[]) {
        const things = prepare(site());
        for (const trouble of troubles) {
            site().emulator.fail({ rpc, ...trouble });
        }
        const code = await codeOf(call(site().client({ clock: BRISK }), things));
        return { code, calls: site().count(rpc) };
    }

    test.each(READS)("%s is asked again, whatever was lost", async (rpc, call) => {
        const troubles = [drop("before"), drop("after"), says("unavailable"), says("unknown", "after")];
        expect(await inTrouble([rpc, call], ...troubles)).toEqual({ code: "ok", calls: 5 });
    });

    const READ: [string, Call] = [
        "GetWorkspace",
        (client, things) => client.getWorkspace(things.workspaceId),
    ];

    test.each([...TRANSIENT, "unknown", "resource_exhausted"] as const)(
        "a read is asked again after %s",
        async (code) => {
            expect(await inTrouble(READ, says(code))).toEqual({ code: "ok", calls: 2 });
        },
    );

    test.each(FINAL)("a read is not asked again after %s", async (code) => {
        expect(await inTrouble(READ, says(code))).toEqual({ code, calls: 1 });
    });

    test("a read is given up after some attempts, with the last answer", async () => {
        const outcome = await inTrouble(READ, says("internal", "before", 3), drop("after", 10));
        expect(outcome).toEqual({ code: "aborted", calls: ATTEMPTS });
    });

    test.each(REPEATABLE)("%s is sent again, and does no more than once", async (rpc, call) => {
        const troubles = [says("unavailable"), drop("before"), drop("after"), says("internal", "after")];
        expect(await inTrouble([rpc, call], ...troubles)).toEqual({ code: "ok", calls: 5 });
        const [workspace] = site().emulator.workspaces();
        const starts = rpc.endsWith("StartWorkspace");
        expect(workspace).toMatchObject({
            instances: starts ? 2 : 1,
            deleted: rpc.endsWith("DeleteWorkspace"),
        });
    });

    test.each(REPEATABLE)("%s is sent again when the limit of calls is exhausted", async (rpc, call) => {
        const outcome = await inTrouble([rpc, call], says("resource_exhausted"));
        expect(outcome).toEqual({ code: "ok", calls: 2 });
    });

    test.each(REPEATABLE)("%s is not sent again when the server says why not", async (rpc, call) => {
        expect(await inTrouble([rpc, call], says("failed_precondition"))).toEqual({
            code: "failed_precondition",
            calls: 1,
        });
        expect(await inTrouble([rpc, call], says("unknown"))).toMatchObject({ code: "unknown", calls: 2 });
    });

    test("a delete of a team is sent again, and then finds nothing", async () => {
        const outcome = await inTrouble(
            ["DeleteTeam", (client, things) => client.deleteTeam(things.organizationId)],
            drop("after"),
        );
        expect(outcome).toEqual({ code: "not_found", calls: 2 });
        expect(site().emulator.teams()).toMatchObject([{ deleted: true }]);
    });

    test.each(ONCE)("%s is sent once, whatever was lost", async (rpc, call) => {
        for (const code of [...TRANSIENT, "unknown", ...FINAL] as const) {
            site().emulator.clearCalls();
            expect(await inTrouble([rpc, call], says(code, "after"))).toEqual({ code, calls: 1 });
        }
    });

    test.each(ONCE)("%s is sent once when the connection breaks", async (rpc, call) => {
        for (const when of ["before", "after"] as const) {
            site().emulator.clearCalls();
            expect(await inTrouble([rpc, call], drop(when))).toEqual({ code: "aborted", calls: 1 });
        }
    });

    test("a create whose answer was lost has happened once", async () => {
        const create = ONCE[0] ?? ["", async () => undefined];
        await inTrouble(create, drop("after"));
        // One was there before.
        expect(site().emulator.workspaces()).toHaveLength(2);
    });

    test.each([
        ["WorkspacesService/CreateAndStartWorkspace", "ok", 2],
        ["OrganizationService/UpdateOrganization", "ok", 2],
        // It makes several inner calls: the limit can be met when the team is there already.
        ["TeamsService/CreateTeam", "resource_exhausted", 1],
    ])("%s under an exhausted limit comes to %s", async (rpc, code, calls) => {
        const entry = ONCE.find(([name]) => name === rpc) ?? ["", async () => undefined];
        expect(await inTrouble(entry, says("resource_exhausted"))).toEqual({ code, calls });
    });
});
