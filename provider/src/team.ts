import type * as pulumi from "@pulumi/pulumi";
import { GitpodResource } from "./gitpod-resource";
import type { TeamMember } from "./wire/domain";

export type { TeamMember };

/** What a program declares of a team. */
export interface TeamArgs {
    /**
     * The team's name, 3 to 64 characters, blanks around it cut off; at most 32 for a rename. A change renames the
     * team in place, by `gitpod.v1`; it never replaces it.
     */
    name: pulumi.Input<string>;
    /**
     * The id of a team that the caller owns, to take it over instead of creating one; it is renamed if it has
     * another name. Only read when the resource is created, so a later change does nothing.
     * @defaultValue none
     */
    adopt?: pulumi.Input<string>;
    /**
     * Whether to create the team although the caller owns one of that name, which Gitpod allows. Only read when the
     * resource is created, so a later change does nothing.
     * @defaultValue `false`
     */
    allowDuplicateName?: pulumi.Input<boolean>;
}

/**
 * A Gitpod team, which Gitpod also calls an organization. The token's user becomes its owner.
 *
 * @example A team with a workspace in it
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * const team = new gitpod.Team("platform", { name: "Platform" });
 * new gitpod.Workspace("review", {
 *     contextUrl: "https://github.com/acme/shop/pull/42",
 *     organizationId: team.id,
 *     running: true,
 * });
 * ```
 *
 * @example One that exists already
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * new gitpod.Team("platform", { name: "Platform", adopt: "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b" });
 * ```
 *
 * @throws at once, where `gitpod:token` is in the configuration in clear, or the options say `deleteBeforeReplace: false`
 * @throws in a preview, for an input that can't be used; it names the input and what would be right
 * @throws in `up`, where the caller owns a team of that name already; it names the id to `adopt`
 * @throws in `up`, where the team to adopt is not the caller's
 * @throws in `up`, where a team is to be renamed and the installation does not serve `gitpod.v1`; nothing is changed then
 */
export class Team extends GitpodResource {
    /** The team's id, a UUID: the `organizationId` of workspaces. */
    declare readonly id: pulumi.Output<pulumi.ID>;
    /** The team's name, as it was seen last. */
    declare readonly name: pulumi.Output<string>;
    /** The name in Gitpod's URLs; absent where the installation does not serve `gitpod.v1`. */
    declare readonly slug: pulumi.Output<string | undefined>;
    /** The members, as they were seen last; they are not managed. */
    declare readonly members: pulumi.Output<TeamMember[]>;
    /** With it anybody can join the team, so it is a secret. Absent where the caller is not an owner of the team. */
    declare readonly invitationId: pulumi.Output<string | undefined>;

    /**
     * Looks up a team that something else owns, by its id. It is read and never changed.
     *
     * @example
     * ```typescript
     * import * as gitpod from "pulumi-gitpod";
     *
     * const theirs = gitpod.Team.get("theirs", "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b");
     * export const name = theirs.name;
     * ```
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Team {
        return new Team(name, undefined, { ...options, id });
    }

    constructor(name: string, args: TeamArgs, options?: pulumi.CustomResourceOptions);
    /** @internal for {@link Team.get} */
    constructor(name: string, args: TeamArgs | undefined, options: pulumi.CustomResourceOptions);
    constructor(name: string, args: TeamArgs | undefined, options: pulumi.CustomResourceOptions = {}) {
        super(
            "Team",
            name,
            {
                // An output that is not named here would be no property of the resource.
                name: undefined,
                slug: undefined,
                members: undefined,
                invitationId: undefined,
                ...args,
            },
            options,
            ["invitationId"],
        );
    }
}
