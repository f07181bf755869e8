import * as pulumi from "@pulumi/pulumi";
import type { FoundWorkspace } from "../plugin/lookup/workspaces";
import type { WorkspaceClass } from "../wire/domain";
import { run, runOutput } from "./run";

export type { WorkspaceClass };

/** Which workspace to get. */
export interface GetWorkspaceArgs {
    /** The workspace's id. */
    workspaceId: string;
}
/** {@link GetWorkspaceArgs}, for the `Output` form. */
export interface GetWorkspaceOutputArgs {
    /** The workspace's id. */
    workspaceId: pulumi.Input<string>;
}
/** A workspace: its id, and what the outputs of a `Workspace` show. What the server does not give is left out. */
export interface GetWorkspaceResult extends FoundWorkspace {}

/**
 * A workspace by its id: the caller's own, or one that is shared. A deleted one of the caller's is not found, although
 * the server still answers for it.
 *
 * @example
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const phase = gitpod
 *     .getWorkspace({ workspaceId: "acme-shop-k3j9x0q2ab1" })
 *     .then((workspace) => workspace.phase);
 * ```
 *
 * @throws `not_found`, when it does not exist or is deleted
 * @throws `permission_denied`, when it is another member's of a team of the caller's
 */
export function getWorkspace(args: GetWorkspaceArgs): Promise<GetWorkspaceResult> {
    return run((lookups, runtime) => lookups.getWorkspace(runtime, args));
}

/** {@link getWorkspace} for arguments that are outputs; unknown in a preview, and nothing called, where they are. */
export function getWorkspaceOutput(
    args: GetWorkspaceOutputArgs,
    options?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetWorkspaceResult> {
    return runOutput<GetWorkspaceArgs, GetWorkspaceResult>(args, options, getWorkspace);
}

/** Which workspaces to list. */
export interface ListWorkspacesArgs {
    /**
     * Only those of this organization, a UUID.
     * @defaultValue `gitpod:organizationId`, else all
     */
    organizationId?: string;
    /**
     * How many at most, 1 to 100.
     * @defaultValue `100`
     */
    pageSize?: number;
}
/** {@link ListWorkspacesArgs}, for the `Output` form. */
export interface ListWorkspacesOutputArgs {
    /**
     * Only those of this organization, a UUID.
     * @defaultValue `gitpod:organizationId`, else all
     */
    organizationId?: pulumi.Input<string>;
    /**
     * How many at most, 1 to 100.
     * @defaultValue `100`
     */
    pageSize?: pulumi.Input<number>;
}
/** The caller's own workspaces. */
export interface ListWorkspacesResult {
    /** Running ones first, then by their latest use. Deleted ones and prebuilds are left out. */
    workspaces: GetWorkspaceResult[];
    /** As the server gives it: always empty. There is no second page, so a full one may be cut. */
    nextPageToken: string;
}

/**
 * The workspaces of the token's user. The server has no second page: where there are more than `pageSize`, the
 * rest is not to be had.
 *
 * @example
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const running = gitpod
 *     .listWorkspaces()
 *     .then(({ workspaces }) => workspaces.filter(({ running }) => running).map(({ id }) => id));
 * ```
 */
export function listWorkspaces(args: ListWorkspacesArgs = {}): Promise<ListWorkspacesResult> {
    return run((lookups, runtime) => lookups.listWorkspaces(runtime, args));
}

/** {@link listWorkspaces} for arguments that are outputs; unknown in a preview, and nothing called, where they are. */
export function listWorkspacesOutput(
    args: ListWorkspacesOutputArgs = {},
    options?: pulumi.InvokeOutputOptions,
): pulumi.Output<ListWorkspacesResult> {
    return runOutput<ListWorkspacesArgs, ListWorkspacesResult>(args, options, listWorkspaces);
}

/** Of which workspace to get the owner token. */
export interface GetOwnerTokenArgs {
    /** The workspace's id. */
    workspaceId: string;
}
/** {@link GetOwnerTokenArgs}, for the `Output` form. */
export interface GetOwnerTokenOutputArgs {
    /** The workspace's id. */
    workspaceId: pulumi.Input<string>;
}
/** The owner token of a workspace. */
export interface GetOwnerTokenResult {
    /** With it anybody can use the workspace as its owner. */
    token: string;
}

/**
 * The owner token of a workspace, with which its URLs can be used. It comes into being a while after a start, so
 * in `up` it is waited for, up to 30 s.
 *
 * **Nothing keeps this form's answer secret**: pass it on as `pulumi.secret(…)`, or use {@link getOwnerTokenOutput}.
 *
 * @throws `not_found`, where there is no token, or no such workspace
 */
export function getOwnerToken(args: GetOwnerTokenArgs): Promise<GetOwnerTokenResult> {
    return run(async (lookups, runtime) => ({
        token: await lookups.getOwnerToken(runtime, args, !pulumi.runtime.isDryRun()),
    }));
}

/**
 * {@link getOwnerToken} as a secret output; unknown in a preview where its argument is, or where there is no token
 * yet.
 *
 * Each start makes another token. In a preview of a start this is still the last run's, unless what it is asked for
 * depends on the run: `pulumi.all([review.id, review.instanceId]).apply(([id]) => id)`.
 *
 * @example
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * const review = new gitpod.Workspace("review", {
 *     contextUrl: "https://github.com/acme/shop/pull/42",
 *     running: true,
 * });
 * export const token = gitpod.getOwnerTokenOutput({ workspaceId: review.id }).token;
 * ```
 */
export function getOwnerTokenOutput(
    args: GetOwnerTokenOutputArgs,
    options?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetOwnerTokenResult> {
    const found = runOutput<GetOwnerTokenArgs, string | undefined>(args, options, (known) =>
        run((lookups, runtime) =>
            pulumi.runtime.isDryRun()
                ? lookups.findOwnerToken(runtime, known)
                : lookups.getOwnerToken(runtime, known, true),
        ),
    );
    return pulumi.secret(found.apply((token) => ({ token: token ?? notKnownYet() })));
}

/** What makes an output unknown, where its type is that of a token. */
function notKnownYet(): string {
    const unknown: unknown = pulumi.unknown;
    return unknown as string;
}

/** The classes that workspaces can run on. */
export interface ListWorkspaceClassesResult {
    /** In the order in which the server gives them. */
    workspaceClasses: WorkspaceClass[];
}

/**
 * The workspace classes of the installation; an organization may allow fewer.
 *
 * @example
 * ```typescript
 * import * as gitpod from "pulumi-gitpod";
 *
 * export const classes = gitpod
 *     .listWorkspaceClasses()
 *     .then(({ workspaceClasses }) => workspaceClasses.map(({ id }) => id));
 * ```
 */
export function listWorkspaceClasses(): Promise<ListWorkspaceClassesResult> {
    return run((lookups, runtime) => lookups.listWorkspaceClasses(runtime));
}

/** {@link listWorkspaceClasses} as an output; unknown in a preview, and nothing called, where a dependency is. */
export function listWorkspaceClassesOutput(
    options?: pulumi.InvokeOutputOptions,
): pulumi.Output<ListWorkspaceClassesResult> {
    return runOutput<object, ListWorkspaceClassesResult>({}, options, listWorkspaceClasses);
}
