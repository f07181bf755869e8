import type { Call } from "./call-log";
import { type Maker, makerOf, shownContext } from "./mark";
import type { Role, TeamView } from "./teams";
import { latestInstance, type Phase, type WorkspaceRecord } from "./workspace-records";

/** What the window shows. It holds no token and no invitation, and no request of a call. */
export interface WindowView {
    workspaces: ShownWorkspace[];
    teams: ShownTeam[];
    /** The last ones, the latest first. */
    calls: ShownCall[];
}

export interface ShownWorkspace {
    id: string;
    context: string;
    maker: Maker;
    organization: string;
    deleted: boolean;
    /** Absent for one that has never been started, as is all of its instance. */
    phase?: Phase;
    msInPhase?: number;
    failed?: string;
    timeout?: string;
    /** Counts of the working copy, once the instance has reported them. */
    unsaved?: { uncommitted: number; untracked: number; unpushed: number };
}

export interface ShownTeam {
    id: string;
    name: string;
    members: { id: string; name: string; role: Role }[];
    deleted: boolean;
}

export interface ShownCall {
    /** Counts from the start of the log. */
    number: number;
    at: number;
    rpc: string;
    /** The workspace, context or team that it names. */
    about: string;
    code?: string;
    fault?: string;
}

export interface WindowSources {
    workspaces: readonly WorkspaceRecord[];
    teams: readonly TeamView[];
    users: readonly { id: string; name: string }[];
    calls: readonly Call[];
    /** In milliseconds since 1970. */
    now: number;
}

const LAST_CALLS = 12;

export function windowView(sources: WindowSources): WindowView {
    const { workspaces, teams, users, calls, now } = sources;
    const teamNames = new Map(teams.map(({ id, name }) => [id, name]));
    const userNames = new Map(users.map(({ id, name }) => [id, name]));
    const first = Math.max(0, calls.length - LAST_CALLS);
    return {
        workspaces: deletedLast(workspaces.map((workspace) => shownWorkspace(workspace, teamNames, now))),
        teams: deletedLast(teams.map((team) => shownTeam(team, userNames))),
        calls: calls
            .slice(first)
            .map((call, index) => shownCall(call, first + index + 1, teamNames))
            .reverse(),
    };
}

function deletedLast<T extends { deleted: boolean }>(entries: T[]): T[] {
    return entries.toSorted((a, b) => Number(a.deleted) - Number(b.deleted));
}

function shownWorkspace(
    workspace: WorkspaceRecord,
    teamNames: ReadonlyMap<string, string>,
    now: number,
): ShownWorkspace {
    const { id, contextUrl, organizationId, git } = workspace;
    const instance = latestInstance(workspace);
    return {
        id,
        context: shownContext(contextUrl),
        maker: makerOf(contextUrl),
        organization: teamNames.get(organizationId) ?? organizationId,
        deleted: workspace.softDeleted,
        ...(instance === undefined
            ? {}
            : { phase: instance.phase, msInPhase: Math.max(0, now - instance.changedAt.getTime()) }),
        ...(instance?.failed ? { failed: instance.failed } : {}),
        ...(instance?.timeout ? { timeout: instance.timeout } : {}),
        ...(instance?.reportsGit === true
            ? {
                  unsaved: {
                      uncommitted: git.uncommitted.length,
                      untracked: git.untracked.length,
                      unpushed: git.unpushed.length,
                  },
              }
            : {}),
    };
}

function shownTeam(team: TeamView, userNames: ReadonlyMap<string, string>): ShownTeam {
    return {
        id: team.id,
        name: team.name,
        members: team.members.map(({ userId, role }) => ({
            id: userId,
            name: userNames.get(userId) ?? userId,
            role,
        })),
        deleted: team.deleted,
    };
}

function shownCall(call: Call, number: number, teamNames: ReadonlyMap<string, string>): ShownCall {
    return {
        number,
        at: call.at,
        rpc: call.rpc,
        about: subjectOf(call.request, teamNames),
        ...(call.code === undefined ? {} : { code: call.code }),
        ...(call.fault === undefined ? {} : { fault: call.fault }),
    };
}

function subjectOf(request: unknown, teamNames: ReadonlyMap<string, string>): string {
    const fields = new Map<string, unknown>(Object.entries(request ?? {}));
    const text = (name: string) => {
        const value = fields.get(name);
        return typeof value === "string" ? value : undefined;
    };
    const context = text("contextUrl");
    const team = text("teamId") ?? text("organizationId");
    return (
        text("workspaceId") ??
        (context === undefined ? undefined : shownContext(context)) ??
        (team === undefined ? undefined : (teamNames.get(team) ?? team)) ??
        text("name") ??
        ""
    );
}
