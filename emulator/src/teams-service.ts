import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { type Backend, isNoop } from "./backend";
import { ServerFailure } from "./failures";
import {
    type TeamMember as TeamMemberMessage,
    TeamMemberSchema,
    type Team as TeamMessage,
    TeamRole,
    TeamSchema,
    type TeamsService,
} from "./gen/gitpod/experimental/v1/teams_pb";
import { newUuid, requireOrganizationId } from "./ids";
import { SHARED_BUCKET } from "./limiter";
import { newestFirst, type Role, roleOf, type Team, type TeamMember } from "./teams";
import type { User } from "./users";

/** After the first inner call a whole team takes two more: its members and its invitation. */
const POINTS_TO_READ_TEAM = 2;

export function teamsService(backend: Backend): ServiceImpl<typeof TeamsService> {
    const { limiter, teams } = backend;

    /** Can fail on the rate limit, when the work before it has already been done. */
    function read(team: Team, reader: User): TeamMessage {
        limiter.chargeExperimental(reader.id, SHARED_BUCKET, POINTS_TO_READ_TEAM);
        return toTeam(backend, team, reader);
    }

    return {
        createTeam(request, context) {
            if (request.name === "") {
                throw new ServerFailure("badRequest", "a team needs a name");
            }
            const user = backend.enter(context);
            const make = isNoop(context) ? teams.sketch : teams.create;
            return { team: read(make.call(teams, request.name, user.id), user) };
        },

        getTeam(request, context) {
            const id = requireOrganizationId(request.teamId);
            const user = backend.enter(context);
            return { team: read(teams.require(id, user.id), user) };
        },

        listTeams(_request, context) {
            const user = backend.enter(context);
            return { teams: teams.ofUser(user.id).map((team) => read(team, user)) };
        },

        deleteTeam(request, context) {
            const id = requireOrganizationId(request.teamId);
            const team = teams.requireAsOwner(id, backend.enter(context).id);
            if (!isNoop(context)) {
                teams.delete(team);
            }
            return {};
        },

        getTeamInvitation(request, context) {
            const id = requireOrganizationId(request.teamId);
            const team = teams.requireAsOwner(id, backend.enter(context).id);
            return { teamInvitation: { id: teams.invitation(team) } };
        },

        joinTeam(request, context) {
            if (request.invitationId === "") {
                throw new ServerFailure("badRequest", "an invitation id is needed");
            }
            const user = backend.enter(context);
            const team = teams.withInvitation(request.invitationId);
            if (!isNoop(context)) {
                teams.join(team, user.id);
            }
            return { team: read(team, user) };
        },

        resetTeamInvitation(request, context) {
            const id = requireOrganizationId(request.teamId);
            try {
                const team = teams.requireAsOwner(id, backend.enter(context).id);
                const invitationId = isNoop(context) ? newUuid() : teams.resetInvitation(team);
                return { teamInvitation: { id: invitationId } };
            } catch (error) {
                // The Go server gives every failure of the inner call this code.
                throw new ServerFailure("internal", `the invitation was not reset: ${String(error)}`);
            }
        },

        listTeamMembers(request, context) {
            const id = requireOrganizationId(request.teamId);
            return { members: members(backend, teams.require(id, backend.enter(context).id)) };
        },

        updateTeamMember(request, context) {
            const { teamId, teamMember } = request;
            const role = roleFrom(teamMember?.role ?? TeamRole.UNSPECIFIED);
            if (teamId === "" || teamMember === undefined || teamMember.userId === "" || role === undefined) {
                throw new ServerFailure("badRequest", "a team, a user and a role are needed");
            }
            const team = teams.requireAsOwner(requireOrganizationId(teamId), backend.enter(context).id);
            requireUser(backend, teamMember.userId);
            if (!isNoop(context)) {
                teams.setRole(team, teamMember.userId, role);
            }
            return { teamMember };
        },

        deleteTeamMember(request, context) {
            const { teamId, teamMemberId } = request;
            if (teamId === "" || teamMemberId === "") {
                throw new ServerFailure("badRequest", "a team and a user are needed");
            }
            const user = backend.enter(context);
            const id = requireOrganizationId(teamId);
            const team =
                teamMemberId === user.id ? teams.require(id, user.id) : teams.requireAsOwner(id, user.id);
            if (!isNoop(context)) {
                teams.removeMember(team, teamMemberId);
            }
            return {};
        },
    };
}

function requireUser(backend: Backend, userId: string): void {
    if (backend.users.find(userId) === undefined) {
        throw new ServerFailure("notFound", `user ${userId} not found`);
    }
}

/** The slug stays empty on this side, and only owners see the invitation. */
function toTeam(backend: Backend, team: Team, reader: User): TeamMessage {
    const isOwner = roleOf(team, reader.id) === "owner";
    return create(TeamSchema, {
        id: team.id,
        name: team.name,
        members: members(backend, team),
        ...(isOwner ? { teamInvitation: { id: backend.teams.invitation(team) } } : {}),
    });
}

function members(backend: Backend, team: Team): TeamMemberMessage[] {
    return newestFirst(team).map((member) => toMember(member, backend.users.find(member.userId)));
}

function toMember(member: TeamMember, user: User | undefined): TeamMemberMessage {
    return create(TeamMemberSchema, {
        userId: member.userId,
        role: roleTo(member.role),
        memberSince: timestampFromDate(member.since),
        avatarUrl: user?.avatarUrl ?? "",
        fullName: user?.name ?? "",
        primaryEmail: user?.email ?? "",
    });
}

/** This side has no word for a collaborator. */
function roleTo(role: Role): TeamRole {
    return { owner: TeamRole.OWNER, member: TeamRole.MEMBER, collaborator: TeamRole.UNSPECIFIED }[role];
}

function roleFrom(role: TeamRole): Role | undefined {
    return {
        [TeamRole.OWNER]: "owner" as const,
        [TeamRole.MEMBER]: "member" as const,
        [TeamRole.UNSPECIFIED]: undefined,
    }[role];
}
