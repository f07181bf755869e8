import type * as pulumi from "@pulumi/pulumi";
import type { FoundTeam } from "../plugin/lookup/teams";
import { run, runOutput } from "./run";

export type { FoundTeam };

/** Which team to get: one of the two. */
export interface GetTeamArgs {
    /**
     * The team's id, a UUID.
     * @defaultValue none
     */
    teamId?: string;
    /**
     * The team's exact name.
     * @defaultValue none
     */
    name?: string;
}
/** {@link GetTeamArgs}, for the `Output` form. */
export interface GetTeamOutputArgs {
    /** The team's id, a UUID. */
    teamId?: pulumi.Input<string>;
    /** The team's exact name. */
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
 * @example
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const members = gitpod.getTeam({ name: "Platform" }).then((team) => team.members.length);
 * ```
 *
 * @throws `not_found`, when there is none
 * @throws when several have that name; it lists their ids
 */
export function getTeam(args: GetTeamArgs): Promise<GetTeamResult> {
    return run((lookups, runtime) => lookups.getTeam(runtime, args));
}

/** {@link getTeam} for arguments that are outputs; unknown in a preview, and nothing called, where they are. */
export function getTeamOutput(
    args: GetTeamOutputArgs,
    options?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetTeamResult> {
    return runOutput<GetTeamArgs, GetTeamResult>(args, options, getTeam);
}

/** The teams of the token's user. */
export interface ListTeamsResult {
    /** In the order in which the server gives them. */
    teams: FoundTeam[];
}

/**
 * The teams that the token's user is a member of, without slugs.
 *
 * @example
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const names = gitpod.listTeams().then(({ teams }) => teams.map(({ name }) => name));
 * ```
 */
export function listTeams(): Promise<ListTeamsResult> {
    return run((lookups, runtime) => lookups.listTeams(runtime));
}

/** {@link listTeams} as an output; unknown in a preview, and nothing called, where a dependency is. */
export function listTeamsOutput(options?: pulumi.InvokeOutputOptions): pulumi.Output<ListTeamsResult> {
    return runOutput<object, ListTeamsResult>({}, options, listTeams);
}
