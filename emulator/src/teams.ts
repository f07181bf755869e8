import { ServerFailure } from "./failures";
import { newHexSuffix, newUuid } from "./ids";

export type Role = "owner" | "member" | "collaborator";

export interface TeamMember {
    userId: string;
    role: Role;
    since: Date;
}

export interface Team {
    readonly id: string;
    name: string;
    slug: string;
    readonly createdAt: Date;
    /** In the order of joining. */
    members: TeamMember[];
    invitationId?: string;
    deleted: boolean;
}

export interface TeamView {
    id: string;
    name: string;
    slug: string;
    members: { userId: string; role: Role }[];
    deleted: boolean;
}

const SHORTEST_NAME = 3;
const LONGEST_NAME = 64;
/** A rename takes less than a creation does. */
const LONGEST_NEW_NAME = 32;

/** Teams, which the later API calls organizations: one and the same thing with the same id. */
export class Teams {
    private readonly records = new Map<string, Team>();

    /** Every team that is not deleted, in the order of creation. */
    alive(): Team[] {
        return [...this.records.values()].filter((team) => !team.deleted);
    }

    find(id: string): Team | undefined {
        const team = this.records.get(id);
        return team?.deleted === false ? team : undefined;
    }

    ofUser(userId: string): Team[] {
        return this.alive().filter((team) => roleOf(team, userId) !== undefined);
    }

    /** What a user who is no member cannot see does not exist for him. */
    require(id: string, userId: string): Team {
        const team = this.find(id);
        if (team === undefined || roleOf(team, userId) === undefined) {
            throw new ServerFailure("notFound", `Organization ID: ${id} not found.`);
        }
        return team;
    }

    requireAsOwner(id: string, userId: string): Team {
        const team = this.require(id, userId);
        if (roleOf(team, userId) !== "owner") {
            throw new ServerFailure("permissionDenied", `only an owner of organization ${id} may do this`);
        }
        return team;
    }

    areFellows(oneUserId: string, otherUserId: string, teamId: string): boolean {
        const team = this.find(teamId);
        return team !== undefined && [oneUserId, otherUserId].every((id) => roleOf(team, id) !== undefined);
    }

    /** Names need not be unique. */
    create(rawName: string, ownerId: string): Team {
        const name = validName(rawName);
        const team: Team = {
            id: newUuid(),
            name,
            slug: this.freeSlug(name),
            createdAt: new Date(),
            members: [{ userId: ownerId, role: "owner", since: new Date() }],
            invitationId: newUuid(),
            deleted: false,
        };
        this.records.set(team.id, team);
        return team;
    }

    /** What a creation would answer, without making the team. */
    sketch(rawName: string, ownerId: string): Team {
        const team = this.create(rawName, ownerId);
        this.records.delete(team.id);
        return team;
    }

    /** The slug is made anew each time, and the team's own slug counts as taken. */
    rename(team: Team, rawName: string): void {
        const name = rawName.trim();
        if (name === "") {
            throw new ServerFailure("badRequest", "there is no new name");
        }
        if (name.length > LONGEST_NEW_NAME) {
            throw new ServerFailure("invalidValue", `a name may have ${LONGEST_NEW_NAME} characters`);
        }
        team.slug = this.freeSlug(name);
        team.name = name;
    }

    delete(team: Team): void {
        team.deleted = true;
        team.members = [];
    }

    invitation(team: Team): string {
        team.invitationId ??= newUuid();
        return team.invitationId;
    }

    resetInvitation(team: Team): string {
        team.invitationId = newUuid();
        return team.invitationId;
    }

    withInvitation(invitationId: string): Team {
        const team = this.alive().find((candidate) => candidate.invitationId === invitationId);
        if (team === undefined) {
            throw new ServerFailure("notFound", "the invitation does not exist");
        }
        return team;
    }

    /** Adds a user; a member keeps the role. */
    join(team: Team, userId: string, role: Role = "member"): void {
        if (roleOf(team, userId) === undefined) {
            team.members.push({ userId, role, since: new Date() });
        }
    }

    /** Sets a role, adding the user if need be. The last owner stays one, and nobody is told. */
    setRole(team: Team, userId: string, role: Role): void {
        const member = team.members.find((candidate) => candidate.userId === userId);
        if (member === undefined) {
            this.join(team, userId, role);
        } else if (role === "owner" || !isLastOwner(team, member)) {
            member.role = role;
        }
    }

    removeMember(team: Team, userId: string): void {
        const member = team.members.find((candidate) => candidate.userId === userId);
        if (member === undefined) {
            throw new ServerFailure("notFound", `user ${userId} is no member of organization ${team.id}`);
        }
        if (isLastOwner(team, member)) {
            throw new ServerFailure("conflict", "Cannot remove the last owner of an organization.");
        }
        team.members = team.members.filter((candidate) => candidate !== member);
    }

    views(): TeamView[] {
        return [...this.records.values()].map((team) => ({
            id: team.id,
            name: team.name,
            slug: team.slug,
            members: team.members.map(({ userId, role }) => ({ userId, role })),
            deleted: team.deleted,
        }));
    }

    /** Those of deleted teams too. */
    invitations(): string[] {
        return [...this.records.values()].flatMap(({ invitationId }) => invitationId ?? []);
    }

    private freeSlug(name: string): string {
        const slug = slugOf(name);
        const taken = this.alive().some((team) => team.slug === slug);
        return taken || slug === "" ? `${slug}-${newHexSuffix()}` : slug;
    }
}

export function roleOf(team: Team, userId: string): Role | undefined {
    return team.members.find((member) => member.userId === userId)?.role;
}

export function newestFirst(team: Team): TeamMember[] {
    return team.members.toReversed();
}

function isLastOwner(team: Team, member: TeamMember): boolean {
    return (
        member.role === "owner" &&
        team.members.every((candidate) => candidate === member || candidate.role !== "owner")
    );
}

function validName(rawName: string): string {
    const name = rawName.trim();
    if (name === "") {
        throw new ServerFailure("badRequest", "a team needs a name");
    }
    if (name.length < SHORTEST_NAME) {
        throw new ServerFailure("badRequest", `a name has at least ${SHORTEST_NAME} characters`);
    }
    if (name.length > LONGEST_NAME) {
        throw new ServerFailure("badRequest", `a name has at most ${LONGEST_NAME} characters`);
    }
    return name;
}

function slugOf(name: string): string {
    return name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "");
}
