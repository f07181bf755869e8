import type { Call, TeamView } from "gitpod-emulator";
import { parseContextUrl } from "../../emulator/src/context-url";
import { type WindowSources, windowView } from "../../emulator/src/window-view";
import type { InstanceRecord, WorkspaceRecord } from "../../emulator/src/workspace-records";
import { REPOSITORY } from "./fixture";

const NOW = Date.parse("2026-01-01T12:00:00Z");
const ACME: TeamView = { id: "t1", name: "Acme", slug: "acme", members: [], deleted: false };
const NOTHING: WindowSources = { workspaces: [], teams: [ACME], users: [], calls: [], now: NOW };

function instance(change: Partial<InstanceRecord> = {}): InstanceRecord {
    return {
        id: "i1",
        workspaceId: "w1",
        createdAt: new Date(NOW - 60_000),
        phase: "RUNNING",
        statusVersion: 1,
        changedAt: new Date(NOW - 2_500),
        failed: "",
        timeout: "",
        message: "",
        stopRequested: false,
        ownerToken: "owner-token",
        reportsGit: false,
        ports: [],
        ...change,
    };
}

function workspace(change: Partial<WorkspaceRecord> = {}): WorkspaceRecord {
    return {
        id: "w1",
        ownerId: "u1",
        organizationId: "t1",
        contextUrl: REPOSITORY,
        context: parseContextUrl(REPOSITORY),
        description: "",
        workspaceClass: "",
        editor: { name: "code", version: "stable" },
        git: { branch: "main", latestCommit: "0f1e", uncommitted: [], untracked: [], unpushed: [] },
        softDeleted: false,
        activity: 1,
        instances: [],
        ...change,
    };
}

function call(change: Partial<Call> = {}): Call {
    return { rpc: "GetWorkspace", service: "s", request: {}, at: NOW, ...change };
}

function shown(change: Partial<WorkspaceRecord>) {
    return windowView({ ...NOTHING, workspaces: [workspace(change)] }).workspaces[0];
}

const FRESH = {
    id: "w1",
    context: REPOSITORY,
    maker: { kind: "somebody" },
    organization: "Acme",
    deleted: false,
};
const RUNNING = { ...FRESH, phase: "RUNNING", msInPhase: 2_500 };
const dirty = { ...workspace().git, uncommitted: ["a", "b"], unpushed: ["c"] };

test.each<[string, Partial<WorkspaceRecord>, object]>([
    ["never started", {}, FRESH],
    ["running", { instances: [instance()] }, RUNNING],
    ["its latest instance", { instances: [instance({ phase: "STOPPED" }), instance()] }, RUNNING],
    [
        "a clock that was set back",
        { instances: [instance({ changedAt: new Date(NOW + 5) })] },
        { ...RUNNING, msInPhase: 0 },
    ],
    ["failed", { instances: [instance({ failed: "no node" })] }, { ...RUNNING, failed: "no node" }],
    ["timed out", { instances: [instance({ timeout: "timed out" })] }, { ...RUNNING, timeout: "timed out" }],
    ["deleted", { softDeleted: true }, { ...FRESH, deleted: true }],
    ["of a team that is unknown", { organizationId: "t9" }, { ...FRESH, organization: "t9" }],
    ["work that was not reported", { git: dirty, instances: [instance()] }, RUNNING],
    [
        "unsaved work",
        { git: dirty, instances: [instance({ reportsGit: true })] },
        { ...RUNNING, unsaved: { uncommitted: 2, untracked: 0, unpushed: 1 } },
    ],
    [
        "a marked one",
        { contextUrl: `PULUMI_URN=shop.dev.review.0f1e/${REPOSITORY}` },
        { ...FRESH, maker: { kind: "stack", project: "shop", stack: "dev", resource: "review" } },
    ],
])("a workspace: %s", (_name, change, expected) => {
    expect(shown(change)).toEqual(expected);
});

test("what is deleted comes last, and else the order is that of creation", () => {
    const view = windowView({
        ...NOTHING,
        workspaces: [
            workspace({ id: "gone", softDeleted: true }),
            workspace({ id: "b" }),
            workspace({ id: "a" }),
        ],
        teams: [{ ...ACME, id: "gone", deleted: true }, ACME],
    });
    expect(view.workspaces.map(({ id }) => id)).toEqual(["b", "a", "gone"]);
    expect(view.teams.map(({ id }) => id)).toEqual(["t1", "gone"]);
});

test("members have the names of users", () => {
    const members: TeamView["members"] = [
        { userId: "u1", role: "owner" },
        { userId: "u2", role: "member" },
    ];
    const users = [{ id: "u1", name: "alice", token: "secret" }];
    expect(windowView({ ...NOTHING, users, teams: [{ ...ACME, members }] }).teams[0]?.members).toEqual([
        { id: "u1", name: "alice", role: "owner" },
        { id: "u2", name: "u2", role: "member" },
    ]);
});

test.each<[Partial<Call>, object]>([
    [{ request: { workspaceId: "w1" } }, { about: "w1" }],
    [
        {
            request: {
                contextUrl: `TOKEN=s3cr3t,PULUMI_URN=shop.dev.review.0f1e/${REPOSITORY}`,
                organizationId: "t1",
            },
        },
        { about: `TOKEN=…/${REPOSITORY}` },
    ],
    [{ request: { teamId: "t1" } }, { about: "Acme" }],
    [{ request: { organizationId: "t9" } }, { about: "t9" }],
    [{ request: { name: "Other" } }, { about: "Other" }],
    [{ request: { pagination: { pageSize: 100 } } }, { about: "" }],
    [{ request: null }, { about: "" }],
    [
        { code: "not_found", fault: "error", user: "u1" },
        { about: "", code: "not_found", fault: "error" },
    ],
])("a call %j", (change, expected) => {
    const { calls } = windowView({ ...NOTHING, calls: [call(change)] });
    expect(calls).toEqual([{ number: 1, at: NOW, rpc: "GetWorkspace", ...expected }]);
});

test("of many calls the last are shown, the latest first, each with its place in the log", () => {
    const calls = Array.from({ length: 30 }, (_, index) =>
        call({ request: { workspaceId: `w${index + 1}` } }),
    );
    const view = windowView({ ...NOTHING, calls });
    expect(view.calls).toHaveLength(12);
    expect(view.calls.at(0)).toMatchObject({ number: 30, about: "w30" });
    expect(view.calls.at(-1)).toMatchObject({ number: 19, about: "w19" });
});
