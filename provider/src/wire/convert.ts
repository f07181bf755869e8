import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import type {
    GitStatus,
    Glimpse,
    Organization,
    Phase,
    Team,
    TeamMember,
    Workspace,
    WorkspaceContext,
    WorkspaceInstance,
    WorkspacePort,
} from "./domain";
import { PHASES } from "./domain";
import type * as teams from "./gen/gitpod/experimental/v1/teams_pb";
import { TeamRole } from "./gen/gitpod/experimental/v1/teams_pb";
import type * as workspaces from "./gen/gitpod/experimental/v1/workspaces_pb";
import { PortPolicy, PortProtocol } from "./gen/gitpod/experimental/v1/workspaces_pb";
import type * as organizations from "./gen/gitpod/v1/organization_pb";
import type * as workspacesV1 from "./gen/gitpod/v1/workspace_pb";
import { AdmissionLevel, WorkspacePhase_Phase, WorkspacePort_Protocol } from "./gen/gitpod/v1/workspace_pb";

/** An answer that lacks what the rest depends on: never to be taken for "not there". */
export class MalformedAnswer extends Error {
    override readonly name = "MalformedAnswer";
}

/** `{ [key]: value }`, or nothing where the wire has its zero value: absent is left out. */
function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
    if (value === undefined || value === "") {
        return {};
    }
    return { [key]: value } as { [P in K]?: V };
}

/** RFC 3339, or nothing for a time that no calendar has. */
export function toTime(timestamp: Timestamp | undefined): string | undefined {
    if (timestamp === undefined) {
        return undefined;
    }
    const date = timestampDate(timestamp);
    const text = Number.isNaN(date.getTime()) ? "" : date.toISOString();
    // RFC 3339 has years of four digits.
    return /^\d{4}-/.test(text) ? text : undefined;
}

export function toPhase(phase: number): Phase {
    // The numbers of the experimental package are the positions in our list; gitpod.v1 has others.
    return PHASES[phase] ?? "UNSPECIFIED";
}

function toPort(port: workspaces.Port): WorkspacePort {
    return {
        port: Number(port.port),
        policy: port.policy === PortPolicy.PUBLIC ? "public" : "private",
        protocol: port.protocol === PortProtocol.HTTPS ? "https" : "http",
        ...present("url", port.url),
    };
}

/** The two packages name the same fields, with numbers of their own. */
function toGitStatus(
    status: Omit<workspaces.GitStatus, "$typeName"> | workspacesV1.WorkspaceGitStatus,
): GitStatus {
    // A list may be cut and a total may be missing: believe whichever shows more.
    return {
        branch: status.branch,
        uncommittedFiles: status.uncommitedFiles,
        totalUncommittedFiles: Math.max(status.totalUncommitedFiles, status.uncommitedFiles.length),
        untrackedFiles: status.untrackedFiles,
        totalUntrackedFiles: Math.max(status.totalUntrackedFiles, status.untrackedFiles.length),
        unpushedCommits: status.unpushedCommits,
        totalUnpushedCommits: Math.max(status.totalUnpushedCommits, status.unpushedCommits.length),
    };
}

function toInstance(instance: workspaces.WorkspaceInstance): WorkspaceInstance {
    const status = instance.status;
    if (instance.instanceId === "" || status === undefined) {
        throw new MalformedAnswer("an instance without an id or a status");
    }
    const gitStatus = status.gitStatus;
    return {
        id: instance.instanceId,
        phase: toPhase(status.phase),
        ...present("createdAt", toTime(instance.createdAt)),
        ...present("failed", status.conditions?.failed),
        ...present("timeout", status.conditions?.timeout),
        ...present("message", status.message),
        ...present("url", status.url),
        ports: status.ports.map(toPort),
        ...(gitStatus === undefined ? {} : { gitStatus: toGitStatus(gitStatus) }),
        touched: status.conditions?.firstUserActivity !== undefined,
    };
}

function toContext(context: workspaces.WorkspaceContext | undefined): WorkspaceContext {
    const contextUrl = context?.contextUrl ?? "";
    const details = context?.details;
    switch (details?.case) {
        case "git": {
            const { normalizedContextUrl, repository } = details.value;
            return {
                contextUrl,
                git: {
                    normalizedContextUrl,
                    ...(repository === undefined
                        ? {}
                        : { repository: { owner: repository.owner, name: repository.name } }),
                },
            };
        }
        case "prebuild":
            return { contextUrl, prebuild: { prebuildId: details.value.prebuildId } };
        case "snapshot":
            return { contextUrl, snapshot: { snapshotId: details.value.snapshotId } };
        default:
            return { contextUrl };
    }
}

/** @throws {MalformedAnswer} without an id or an owner */
export function toWorkspace(workspace: workspaces.Workspace | undefined): Workspace {
    if (workspace === undefined || workspace.workspaceId === "" || workspace.ownerId === "") {
        throw new MalformedAnswer("a workspace without an id or an owner");
    }
    const instance = workspace.status?.instance;
    return {
        id: workspace.workspaceId,
        ownerId: workspace.ownerId,
        ...present("projectId", workspace.projectId),
        ...present("description", workspace.description),
        context: toContext(workspace.context),
        ...(instance === undefined ? {} : { instance: toInstance(instance) }),
    };
}

/** By its name, since `gitpod.v1` has other numbers, and one phase more, which it never sends. */
function toPhaseV1(phase: WorkspacePhase_Phase): Phase {
    return PHASES.find((name) => name === WorkspacePhase_Phase[phase]) ?? "UNSPECIFIED";
}

function toPortV1(port: workspacesV1.WorkspacePort): WorkspacePort {
    return {
        port: Number(port.port),
        policy: port.admission === AdmissionLevel.EVERYONE ? "public" : "private",
        protocol: port.protocol === WorkspacePort_Protocol.HTTPS ? "https" : "http",
        ...present("url", port.url),
    };
}

/** @throws {MalformedAnswer} without an id or an owner */
export function toGlimpse({ id, metadata, spec, status }: workspacesV1.Workspace): Glimpse {
    if (id === "" || metadata === undefined || metadata.ownerId === "") {
        throw new MalformedAnswer("a workspace without an id or an owner");
    }
    const variables = (spec?.environmentVariables ?? []).map(({ name, value }) => ({ name, value }));
    const glimpse = { id, ownerId: metadata.ownerId, ...present("description", metadata.name), variables };
    if (status === undefined || status.instanceId === "") {
        return glimpse;
    }
    return {
        ...glimpse,
        instance: {
            id: status.instanceId,
            phase: toPhaseV1(status.phase?.name ?? WorkspacePhase_Phase.UNSPECIFIED),
            ...present("failed", status.conditions?.failed),
            ...present("timeout", status.conditions?.timeout),
            ...present("url", status.workspaceUrl),
            ports: (spec?.ports ?? []).map(toPortV1),
            // An empty report is none: one of a working copy without work has a branch.
            ...(status.gitStatus === undefined || status.gitStatus.branch === ""
                ? {}
                : { gitStatus: toGitStatus(status.gitStatus) }),
        },
    };
}

function toMember(member: teams.TeamMember): TeamMember {
    const roles: Partial<Record<TeamRole, TeamMember["role"]>> = {
        [TeamRole.OWNER]: "owner",
        [TeamRole.MEMBER]: "member",
    };
    return {
        userId: member.userId,
        role: roles[member.role] ?? "unspecified",
        ...present("fullName", member.fullName),
        ...present("email", member.primaryEmail),
        ...present("avatarUrl", member.avatarUrl),
        ...present("memberSince", toTime(member.memberSince)),
    };
}

/** @throws {MalformedAnswer} without an id */
export function toTeam(team: teams.Team | undefined): Team {
    if (team === undefined || team.id === "") {
        throw new MalformedAnswer("a team without an id");
    }
    return {
        id: team.id,
        name: team.name,
        members: team.members.map(toMember),
        ...present("invitationId", team.teamInvitation?.id),
    };
}

/** @throws {MalformedAnswer} without an id */
export function toOrganization(organization: organizations.Organization | undefined): Organization {
    if (organization === undefined || organization.id === "") {
        throw new MalformedAnswer("an organization without an id");
    }
    return { id: organization.id, name: organization.name, ...present("slug", organization.slug) };
}
