import * as pulumi from "@pulumi/pulumi";
import { GitpodResource, TYPES } from "./gitpod-resource";
import type { StopReason } from "./plugin/workspace/state";
import type { Phase, WorkspaceContext, WorkspacePort } from "./wire/domain";

export type { Phase, StopReason, WorkspaceContext, WorkspacePort };

/** The editor that a workspace opens with. */
export interface WorkspaceEditorArgs {
    /** The editor's id, such as `code` or `goland`. */
    name: pulumi.Input<string>;
    /**
     * Which of its releases.
     * @defaultValue `"stable"`
     */
    version?: pulumi.Input<"stable" | "latest">;
}

/** How long to wait, each a duration over zero, in the units `ms`, `s`, `m` and `h`: `90s`, `20m`, `1h30m`. */
export interface WorkspaceTimeoutsArgs {
    /**
     * Until a workspace runs, the build of its image included.
     * @defaultValue `"20m"`
     */
    start?: pulumi.Input<string>;
    /**
     * Until a workspace has stopped, its backup included.
     * @defaultValue `"10m"`
     */
    stop?: pulumi.Input<string>;
    /**
     * Until a workspace has stopped and is deleted.
     * @defaultValue `"10m"`
     */
    delete?: pulumi.Input<string>;
}

/** What a program declares of a workspace. */
export interface WorkspaceArgs {
    /**
     * What to open: the URL of a repository, branch, pull request or issue, or `snapshot/<id>`. One prefix of
     * Gitpod's may stand in front: `KEY=value/` for environment variables (joined by commas), `open-prebuild/<id>/`,
     * `imagebuild/` or `referrer:<name>/`. A change replaces the workspace.
     */
    contextUrl: pulumi.Input<string>;
    /**
     * The id of the prebuild to start from; not with a prefix in `contextUrl`. A change replaces the workspace.
     * @defaultValue the one that Gitpod finds
     */
    prebuildId?: pulumi.Input<string>;
    /**
     * The organization (team) that the workspace belongs to and is paid by, a UUID. A change replaces the workspace,
     * where the program writes it. In a program that also creates a team, write it or set `gitpod:organizationId`:
     * which one is the user's only organization depends on which of the two is made first.
     * @defaultValue `gitpod:organizationId`, else the only organization of the token's user
     */
    organizationId?: pulumi.Input<string>;
    /**
     * Whether the workspace runs. `true` and `false` are enforced by each `up`: Gitpod stops workspaces that nobody
     * uses, and the next `up` starts them again. Left out, the workspace runs once, after its creation, and is then
     * left alone. Gitpod can only create a workspace started, so with `false` it runs shortly and is stopped. A
     * change starts or stops the workspace.
     * @defaultValue not managed
     */
    running?: pulumi.Input<boolean>;
    /**
     * The id of a class of machines, such as `g1-standard`; `listWorkspaceClasses` shows them. A change replaces the
     * workspace.
     * @defaultValue the installation's
     */
    workspaceClass?: pulumi.Input<string>;
    /**
     * The editor to open with. A change replaces the workspace.
     * @defaultValue the user's
     */
    editor?: pulumi.Input<WorkspaceEditorArgs>;
    /**
     * The name of the region to run in. A change replaces the workspace.
     * @defaultValue the installation's choice
     */
    region?: pulumi.Input<string>;
    /**
     * Whether to ignore the repository's `.gitpod.yml`. A change replaces the workspace.
     * @defaultValue `false`
     */
    forceDefaultConfig?: pulumi.Input<boolean>;
    /**
     * Whether the workspace may be deleted or replaced although it holds uncommitted, untracked or unpushed work,
     * which is lost then. A change is saved, and nothing is called; a deletion goes by what is saved.
     * @defaultValue `false`
     */
    forceDestroy?: pulumi.Input<boolean>;
    /**
     * Whether `up` waits until a workspace that it starts is `ready` (runs), or goes on at once with `none`. A stop
     * is always waited for. A change is saved, and nothing is called.
     * @defaultValue `"ready"`
     */
    waitFor?: pulumi.Input<"ready" | "none">;
    /**
     * How long to wait for a start, a stop and a deletion. A change is saved, and nothing is called.
     * @defaultValue each its own
     */
    timeouts?: pulumi.Input<WorkspaceTimeoutsArgs>;
    /**
     * The id of an existing workspace to take over instead of creating one: the caller's own, of the same
     * organization and context URL. With `running` left out it stays as it is. Only read when the resource is
     * created, so a later change does nothing.
     * @defaultValue none
     */
    adopt?: pulumi.Input<string>;
}

/**
 * A Gitpod workspace, and whether it runs.
 *
 * @example A workspace that runs
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * const review = new gitpod.Workspace("review", {
 *     contextUrl: "https://github.com/acme/shop/pull/42",
 *     running: true,
 * });
 * export const url = review.url;
 * ```
 *
 * @example One of a class, with an editor, that is kept stopped
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * new gitpod.Workspace("nightly", {
 *     contextUrl: "https://github.com/acme/shop/tree/nightly",
 *     running: false,
 *     workspaceClass: "g1-large",
 *     editor: { name: "goland", version: "latest" },
 *     timeouts: { start: "1h" },
 * });
 * ```
 *
 * @example One that exists already
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * new gitpod.Workspace("mine", {
 *     contextUrl: "https://github.com/acme/shop",
 *     adopt: "acme-shop-k3j9x0q2ab1",
 * });
 * ```
 *
 * @throws at once, where `gitpod:token` is in the configuration in clear, or the options say `deleteBeforeReplace: false`
 * @throws in a preview, for an input that can't be used; it names the input and what would be right
 * @throws in `up`, where the class does not exist, the workspace to adopt is not the one, or several carry its mark
 * @throws in `up`, where a start fails, or takes longer than its timeout; the workspace is saved
 * @throws in `up` and `destroy`, where a replacement or deletion would lose work
 */
export class Workspace extends GitpodResource {
    /** The workspace's id, such as `acme-shop-k3j9x0q2ab1`. */
    declare readonly id: pulumi.Output<pulumi.ID>;
    /** What was asked for. */
    declare readonly contextUrl: pulumi.Output<string>;
    /** The organization that the workspace belongs to. */
    declare readonly organizationId: pulumi.Output<string>;
    /** Whether it was running when it was seen last; starting and being interrupted count as running. */
    declare readonly running: pulumi.Output<boolean>;
    /** The user who owns the workspace. */
    declare readonly ownerId: pulumi.Output<string>;
    /** The project, where the server tells it. */
    declare readonly projectId: pulumi.Output<string | undefined>;
    /** Where the workspace came from, as the server sees it. */
    declare readonly context: pulumi.Output<WorkspaceContext>;
    /** The server's title of the workspace. */
    declare readonly description: pulumi.Output<string | undefined>;
    /** The latest run; each start makes a new one. The API reference calls it the workspace's `status`. */
    declare readonly instanceId: pulumi.Output<string | undefined>;
    /** The {@link Phase} of the latest run. */
    declare readonly phase: pulumi.Output<Phase | undefined>;
    /** Where to open the workspace. */
    declare readonly url: pulumi.Output<string | undefined>;
    /** Why it stopped, if it has. */
    declare readonly stopReason: pulumi.Output<StopReason | undefined>;
    /** The ports that it exposes. */
    declare readonly ports: pulumi.Output<WorkspacePort[] | undefined>;
    /** When the latest run was created, RFC 3339. */
    declare readonly createdAt: pulumi.Output<string | undefined>;

    /**
     * Looks up a workspace that something else owns, by its id. It is read and never changed.
     *
     * @example
     * ```typescript
     * import * as gitpod from "pulumi-gitpod";
     *
     * const theirs = gitpod.Workspace.get("theirs", "acme-shop-k3j9x0q2ab1");
     * export const phase = theirs.phase;
     * ```
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): Workspace {
        return new Workspace(name, undefined, { ...options, id });
    }

    constructor(name: string, args: WorkspaceArgs, options?: pulumi.CustomResourceOptions);
    /** @internal for {@link Workspace.get} */
    constructor(name: string, args: WorkspaceArgs | undefined, options: pulumi.CustomResourceOptions);
    constructor(name: string, args: WorkspaceArgs | undefined, options: pulumi.CustomResourceOptions = {}) {
        super(
            "Workspace",
            name,
            {
                // An output that is not named here would be no property of the resource.
                contextUrl: undefined,
                organizationId: undefined,
                running: undefined,
                ownerId: undefined,
                projectId: undefined,
                context: undefined,
                description: undefined,
                instanceId: undefined,
                phase: undefined,
                url: undefined,
                stopReason: undefined,
                ports: undefined,
                createdAt: undefined,
                ...args,
                ...(args === undefined ? {} : internals(name, args, options)),
            },
            options,
            [],
        );
    }
}

/** Inputs that a program does not write. */
function internals(
    name: string,
    { contextUrl }: WorkspaceArgs,
    { parent }: pulumi.CustomResourceOptions,
): pulumi.Inputs {
    return {
        // What the workspace is marked with, so that a later run knows it even if this one is killed.
        mark: pulumi.createUrn(name, TYPES.Workspace, parent),
        // The server repeats the context URL in its answers, which are outputs of other names.
        ...(pulumi.Output.isInstance(contextUrl)
            ? {
                  secretContext: pulumi
                      .isSecret(pulumi.output(contextUrl))
                      .then((secret) => secret || undefined),
              }
            : {}),
    };
}
