import type { Team, TeamMember } from "../../wire/domain";
import { GitpodError } from "../../wire/error";
import type { Runtime } from "../runtime";
import { slugOf } from "../team/lifecycle";
import { assertArgs } from "./args";

/** A team as a look-up shows it. */
export interface FoundTeam {
    /** The team's id, a UUID: the `organizationId` of workspaces. */
    id: string;
    /** The team's name. */
    name: string;
    /** The members. */
    members: TeamMember[];
}

// Without the invitation: one secret in it would make a secret of the whole answer.
function found({ id, name, members }: Team): FoundTeam {
    return { id, name, members };
}

async function byName({ client }: Runtime, name: string): Promise<Team> {
    const teams = (await client.listTeams()).filter((team) => team.name === name);
    const [team] = teams;
    if (team === undefined) {
        throw GitpodError.notFound(
            "TeamsService/ListTeams",
            `this token's user is in no team named "${name}"`,
        );
    }
    if (teams.length > 1) {
        const ids = teams.map(({ id }) => id).join(", ");
        throw new Error(`gitpod.getTeam: several teams are named "${name}": ${ids}; give teamId instead`);
    }
    return team;
}

export async function getTeam(
    runtime: Runtime,
    args: { teamId?: string; name?: string },
): Promise<FoundTeam & { slug?: string }> {
    assertArgs("getTeam", args);
    const { teamId, name = "" } = args;
    const team = teamId === undefined ? await byName(runtime, name) : await runtime.client.getTeam(teamId);
    const slug = await slugOf(runtime, team.id);
    return { ...found(team), ...(slug === undefined ? {} : { slug }) };
}

export async function listTeams({ client }: Runtime): Promise<{ teams: FoundTeam[] }> {
    return { teams: (await client.listTeams()).map(found) };
}
