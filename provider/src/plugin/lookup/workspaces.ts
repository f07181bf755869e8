import { LIST_LIMIT } from "../../wire/client";
import type { Workspace, WorkspaceClass } from "../../wire/domain";
import { GitpodError, hasCode } from "../../wire/error";
import { TICK_MS } from "../../wire/look-pace";
import type { Runtime } from "../runtime";
import { type Observed, observe } from "../workspace/state";
import { assertArgs } from "./args";

/** A workspace as a look-up shows it: what the outputs of a `Workspace` show, and its id. */
export interface FoundWorkspace extends Observed {
    /** The workspace's id. */
    id: string;
}

/** How long an owner token is waited for, in milliseconds: it comes a while after a start. */
const TOKEN_WAIT_MS = 30_000;

function found(workspace: Workspace): FoundWorkspace {
    // In a phase that is not known there is no last state to go by.
    return { id: workspace.id, ...observe(workspace, false) };
}

/** Whether a workspace of the caller's is one that the server still answers for, although it is deleted. */
async function isDeleted({ observer }: Runtime, workspace: Workspace): Promise<boolean> {
    const user = await observer.user();
    if (workspace.ownerId !== user.id) {
        // A shared one: it is in no list of ours.
        return false;
    }
    const all = await observer.listing("");
    if (all.complete || all.workspaces.has(workspace.id)) {
        return !all.workspaces.has(workspace.id);
    }
    for (const team of await observer.teams()) {
        const presence = await observer.presence(workspace.id, team.id);
        if (presence.kind !== "absent") {
            return false;
        }
    }
    return true;
}

export async function getWorkspace(runtime: Runtime, args: { workspaceId: string }): Promise<FoundWorkspace> {
    assertArgs("getWorkspace", args);
    const workspace = await runtime.client.getWorkspace(args.workspaceId);
    if (await isDeleted(runtime, workspace)) {
        throw GitpodError.notFound("WorkspacesService/GetWorkspace", `workspace ${workspace.id} is deleted`);
    }
    return found(workspace);
}

export async function listWorkspaces(
    { client, config }: Runtime,
    args: { organizationId?: string; pageSize?: number },
): Promise<{ workspaces: FoundWorkspace[]; nextPageToken: string }> {
    assertArgs("listWorkspaces", args);
    const { workspaces, nextPageToken } = await client.listWorkspacePage(
        args.organizationId ?? config.organizationId,
        args.pageSize ?? LIST_LIMIT,
    );
    return { workspaces: workspaces.map(found), nextPageToken };
}

/** @param wait whether to wait for a token that does not exist yet */
export async function getOwnerToken(
    { client, clock }: Runtime,
    args: { workspaceId: string },
    wait: boolean,
): Promise<string> {
    assertArgs("getOwnerToken", args);
    const deadline = clock.now() + TOKEN_WAIT_MS;
    for (;;) {
        try {
            return await client.getOwnerToken(args.workspaceId);
        } catch (error) {
            if (!hasCode(error, "not_found") || !wait || clock.now() >= deadline) {
                throw error;
            }
        }
        // One that does not exist never gets a token.
        await client.getWorkspace(args.workspaceId);
        await clock.sleep(TICK_MS);
    }
}

/** The token if there is one now, for a preview. */
export async function findOwnerToken(
    runtime: Runtime,
    args: { workspaceId: string },
): Promise<string | undefined> {
    try {
        return await getOwnerToken(runtime, args, false);
    } catch (error) {
        if (hasCode(error, "not_found")) {
            return undefined;
        }
        throw error;
    }
}

export async function listWorkspaceClasses({
    observer,
}: Runtime): Promise<{ workspaceClasses: WorkspaceClass[] }> {
    return { workspaceClasses: await observer.classes() };
}
