import type * as pulumi from "@pulumi/pulumi";
import { GitpodResource } from "./gitpod-resource";
import type { TeamMember } from "./wire/domain";

export type { TeamMember };

/** What a program declares of a team. */
export interface TeamArgs {
    /**
     * The team's name, 3 to 64 characters without blanks around it; at most 32 for a rename. A change renames the
     * team in place, by `gitpod.v1`; it never replaces it.
     */
    name: pulumi.Input<string>;
    /**
     * The id of a team that the caller owns, to take it over instead of creating one; it is renamed if it has
     * another name. Only read when the resource is created. Default: none.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Whether to create the team although the caller owns one of that name, which Gitpod allows. Only read when the
     * resource is created. Default: false.
     */
    allowDuplicateName?: pulumi.Input<boolean>;
}

/**
 * A Gitpod team, which Gitpod also calls an organization. The token's user becomes its owner.
 *
 * A team with a workspace in it:
 *
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
 * One that exists already:
 *
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * new gitpod.Team("platform", { name: "Platform", adopt: "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b" });
 * ```
 */
export class Team extends GitpodResource {
    /** The team's name, as it was seen last. */
    declare readonly name: pulumi.Output<string>;
    /** The name in the URLs of Gitpod, where the installation serves `gitpod.v1`. */
    declare readonly slug: pulumi.Output<string | undefined>;
    /** The members, as they were seen last; they are not managed. */
    declare readonly members: pulumi.Output<TeamMember[]>;
    /** With it anybody can join the team, so it is a secret. Absent where the caller is not an owner. */
    declare readonly invitationId: pulumi.Output<string | undefined>;

    /**
     * Looks up a team that some other program owns, by its id. It is read and never changed.
     *
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
