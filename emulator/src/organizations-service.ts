import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { type Backend, isNoop } from "./backend";
import { ServerFailure } from "./failures";
import {
    type Organization,
    type OrganizationMember,
    OrganizationMemberSchema,
    OrganizationRole,
    OrganizationSchema,
    type OrganizationService,
} from "./gen/gitpod/v1/organization_pb";
import { newUuid, parseUuid, requireOrganizationId } from "./ids";
import { newestFirst, type Role, type Team } from "./teams";

const DEFAULT_PAGE_SIZE = 100;

type Written =
    | "createOrganization"
    | "getOrganization"
    | "updateOrganization"
    | "listOrganizations"
    | "deleteOrganization"
    | "getOrganizationInvitation"
    | "joinOrganization"
    | "resetOrganizationInvitation"
    | "listOrganizationMembers"
    | "updateOrganizationMember"
    | "deleteOrganizationMember";

/** Settings and maintenance are declared, and answer that they are not implemented. */
export function organizationsService(
    backend: Backend,
): Pick<ServiceImpl<typeof OrganizationService>, Written> {
    const { teams } = backend;
    const callerId = (context: HandlerContext) => backend.auth.v1Caller(context.requestHeader).id;
    const visible = (organizationId: string, context: HandlerContext) =>
        teams.require(requireOrganizationId(organizationId), callerId(context));
    const owned = (organizationId: string, context: HandlerContext) =>
        teams.requireAsOwner(requireOrganizationId(organizationId), callerId(context));

    return {
        createOrganization(request, context) {
            const make = isNoop(context) ? teams.sketch : teams.create;
            return { organization: toOrganization(make.call(teams, request.name, callerId(context))) };
        },

        getOrganization(request, context) {
            return { organization: toOrganization(visible(request.organizationId, context)) };
        },

        updateOrganization(request, context) {
            const id = requireOrganizationId(request.organizationId);
            if (request.name === undefined) {
                throw new ServerFailure("badRequest", "nothing to update");
            }
            const team = owned(id, context);
            const target = isNoop(context) ? { ...team } : team;
            teams.rename(target, request.name);
            return { organization: toOrganization(target) };
        },

        listOrganizations(request, context) {
            const found = teams.ofUser(callerId(context));
            const size = request.pagination?.pageSize || DEFAULT_PAGE_SIZE;
            // Page numbers begin with 0; without a size of its own every page is the first.
            const offset = (request.pagination?.page ?? 0) * (request.pagination?.pageSize ?? 0);
            return {
                organizations: found.slice(offset, offset + size).map(toOrganization),
                pagination: { total: found.length },
            };
        },

        deleteOrganization(request, context) {
            const team = owned(request.organizationId, context);
            if (!isNoop(context)) {
                teams.delete(team);
            }
            return {};
        },

        getOrganizationInvitation(request, context) {
            return { invitationId: teams.invitation(owned(request.organizationId, context)) };
        },

        joinOrganization(request, context) {
            const invitationId = parseUuid(request.invitationId);
            if (invitationId === undefined) {
                throw new ServerFailure("badRequest", "an invitation id is needed");
            }
            const team = teams.withInvitation(invitationId);
            if (!isNoop(context)) {
                teams.join(team, callerId(context));
            }
            return { organizationId: team.id };
        },

        resetOrganizationInvitation(request, context) {
            const team = owned(request.organizationId, context);
            return { invitationId: isNoop(context) ? newUuid() : teams.resetInvitation(team) };
        },

        listOrganizationMembers(request, context) {
            const members = allMembers(backend, visible(request.organizationId, context));
            return { members, pagination: { total: members.length } };
        },

        updateOrganizationMember(request, context) {
            const role = request.role === undefined ? undefined : ROLES[request.role];
            if (role === undefined || parseUuid(request.userId) === undefined) {
                throw new ServerFailure("badRequest", "a user and a role are needed");
            }
            const team = owned(request.organizationId, context);
            if (backend.users.find(request.userId) === undefined) {
                throw new ServerFailure("notFound", `user ${request.userId} not found`);
            }
            if (!isNoop(context)) {
                teams.setRole(team, request.userId, role);
            }
            const member = allMembers(backend, team).find(({ userId }) => userId === request.userId);
            return member === undefined ? {} : { member };
        },

        deleteOrganizationMember(request, context) {
            if (parseUuid(request.userId) === undefined) {
                throw new ServerFailure("badRequest", "a user is needed");
            }
            const isSelf = request.userId === callerId(context);
            const team = (isSelf ? visible : owned)(request.organizationId, context);
            if (!isNoop(context)) {
                teams.removeMember(team, request.userId);
            }
            return {};
        },
    };
}

const ROLES: Record<OrganizationRole, Role | undefined> = {
    [OrganizationRole.UNSPECIFIED]: undefined,
    [OrganizationRole.OWNER]: "owner",
    [OrganizationRole.MEMBER]: "member",
    [OrganizationRole.COLLABORATOR]: "collaborator",
};

const ROLE_MESSAGES: Record<Role, OrganizationRole> = {
    owner: OrganizationRole.OWNER,
    member: OrganizationRole.MEMBER,
    collaborator: OrganizationRole.COLLABORATOR,
};

function toOrganization(team: Team): Organization {
    return create(OrganizationSchema, {
        id: team.id,
        name: team.name,
        slug: team.slug,
        creationTime: timestampFromDate(team.createdAt),
    });
}

function allMembers(backend: Backend, team: Team): OrganizationMember[] {
    return newestFirst(team).map((member) => {
        const user = backend.users.find(member.userId);
        return create(OrganizationMemberSchema, {
            userId: member.userId,
            role: ROLE_MESSAGES[member.role],
            memberSince: timestampFromDate(member.since),
            avatarUrl: user?.avatarUrl ?? "",
            fullName: user?.name ?? "",
            email: user?.email ?? "",
        });
    });
}
