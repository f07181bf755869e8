import type * as pulumi from "@pulumi/pulumi";
import type { FoundTeam } from "../plugin/lookup/teams";
import { run, runOutput } from "./run";

/** Which team to get: one of the two. */
export interface GetTeamArgs {
    /** The team's id, a UUID. */
    teamId?: string;
    /** The team's exact name. */
    name?: string;
}
/** {@link GetTeamArgs}, for the `Output` form. */
export interface GetTeamOutputArgs {
    teamId?: pulumi.Input<string>;
    name?: pulumi.Input<string>;
}
/** A team, without its invitation, which is a secret: `Team.get` gives that. */
export interface GetTeamResult extends FoundTeam {
    /** The name in Gitpod's URLs; absent where the installation does not serve `gitpod.v1`. */
    slug?: string;
}

/**
 * A team of the token's user, by its id or its exact name.
 *
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const members = gitpod.getTeam({ name: "Platform" }).then((team) => team.members.length);
 * ```
 *
 * @throws `not_found` when there is none; an error with the ids when several have that name
 */
export function getTeam(args: GetTeamArgs): Promise<GetTeamResult> {
    return run((lookups, runtime) => lookups.getTeam(runtime, args));
}

/** {@link getTeam} for arguments that are outputs; unknown in a preview where they are. */
export function getTeamOutput(
    args: GetTeamOutputArgs,
    options?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetTeamResult> {
    return runOutput<GetTeamArgs, GetTeamResult>(args, options, getTeam);
}

/** The teams of the token's user. */
export interface ListTeamsResult {
    teams: FoundTeam[];
}

/**
 * The teams that the token's user is a member of, without slugs.
 *
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const names = gitpod.listTeams().then(({ teams }) => teams.map(({ name }) => name));
 * ```
 */
export function listTeams(): Promise<ListTeamsResult> {
    return run((lookups, runtime) => lookups.listTeams(runtime));
}

/** {@link listTeams} as an output. */
export function listTeamsOutput(options?: pulumi.InvokeOutputOptions): pulumi.Output<ListTeamsResult> {
    return runOutput<object, ListTeamsResult>({}, options, listTeams);
}
