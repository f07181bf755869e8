import { CREATE_DEADLINE_MS } from "../../wire/client";
import type { Workspace, WorkspaceRequest } from "../../wire/domain";
import { GitpodError, hasCode } from "../../wire/error";
import { LOOKS_FIRST, lookAfter, oneAtATime } from "../lost-answer";
import type { Runtime } from "../runtime";
import { findOwn, onlyOne } from "./adopt";
import { effectiveContextUrl, markedContextUrl, markIn, markOf } from "./context-url";
import { mayCarry, ownAmong, requireLongListing } from "./hidden";
import type { WorkspaceInputs } from "./inputs";

/** The workspace that a create ended with. */
export interface Created {
    id: string;
    /** As it was seen, where it was. */
    workspace?: Workspace;
    /** Whether this create started it. */
    started: boolean;
}

/** How far the clocks of server and client may be apart, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** What to do about a create that no later run can recognize. */
const LOOK_YOURSELF =
    "This context has no room for a mark, so the next `pulumi up` would make another one. Look in Gitpod first: if it is there, name it with `adopt`, or delete it";

/** Creates a workspace, or finds the one that an earlier attempt of the same resource has made. */
export async function createOrFind(
    runtime: Runtime,
    inputs: WorkspaceInputs,
    organizationId: string,
    name: string,
): Promise<Created> {
    const contextUrl = effectiveContextUrl(inputs);
    const marked = markedContextUrl(contextUrl, markOf(inputs.mark ?? name, organizationId, inputs));
    const { workspaceClass, editor, region, forceDefaultConfig } = inputs;
    const request: WorkspaceRequest = {
        contextUrl: marked ?? contextUrl,
        organizationId,
        ...(workspaceClass === undefined ? {} : { workspaceClass }),
        ...(editor === undefined
            ? {}
            : { editor: { name: editor.name, latest: editor.version === "latest" } }),
        ...(region === undefined ? {} : { region }),
        ...(forceDefaultConfig === undefined ? {} : { forceDefaultConfig }),
    };
    if (workspaceClass !== undefined) {
        await assertClass(runtime, workspaceClass);
    }
    // Creates of a context that has no room for a mark are told apart by going one at a time.
    return marked === undefined
        ? oneAtATime(`${organizationId} ${contextUrl}`, () => createUnmarked(runtime, request, name))
        : createMarked(runtime, request, name);
}

async function assertClass(runtime: Runtime, workspaceClass: string): Promise<void> {
    const classes = await runtime.observer.classes();
    if (!classes.some(({ id }) => id === workspaceClass)) {
        const known = classes.map(({ id }) => id).join(", ");
        throw new Error(`workspaceClass "${workspaceClass}" is not one of this installation: ${known}`);
    }
}

async function createMarked(runtime: Runtime, request: WorkspaceRequest, name: string): Promise<Created> {
    const find = (): Promise<Workspace | undefined> => findMarked(runtime, request);
    const existing = await find();
    if (existing !== undefined) {
        runtime.held.add(existing.id);
        runtime.log(
            `warning: gitpod.Workspace ${name}: workspace ${existing.id} carries the mark of this resource and is taken over; an earlier run made it and could not save it`,
        );
        return { id: existing.id, workspace: existing, started: false };
    }
    return send(runtime, request, find, LOOKS_FIRST);
}

/** The caller's workspace with this marked context URL that no other resource holds. */
async function findMarked(
    runtime: Runtime,
    { contextUrl, organizationId }: WorkspaceRequest,
): Promise<Workspace | undefined> {
    const { observer, held } = runtime;
    const [user, listing] = await Promise.all([observer.user(), observer.listing(organizationId)]);
    const own = findOwn(listing.workspaces.values(), contextUrl, user.id, held);
    if (own.length === 0 && !listing.complete) {
        const longer = await requireLongListing(runtime, organizationId);
        const beyond = mayCarry(markIn(contextUrl), listing, longer);
        own.push(...(await ownAmong(runtime, beyond, contextUrl, user.id)));
    }
    return onlyOne(own, "several workspaces carry the mark of this resource");
}

async function createUnmarked(runtime: Runtime, request: WorkspaceRequest, name: string): Promise<Created> {
    const { observer, held } = runtime;
    const { contextUrl, organizationId } = request;
    const [user, before] = await Promise.all([observer.user(), observer.listing(organizationId)]);
    const known = new Set(before.workspaces.keys());
    if (!before.complete) {
        for (const id of (await requireLongListing(runtime, organizationId)).keys()) {
            known.add(id);
        }
    }
    const sentAt = Date.now();
    const find = async (): Promise<Workspace | undefined> => {
        const after = await observer.listing(organizationId);
        const own = findOwn(after.workspaces.values(), contextUrl, user.id, held);
        if (!after.complete) {
            const longer = await requireLongListing(runtime, organizationId);
            const beyond = [...longer.values()].filter(
                ({ id }) => !after.workspaces.has(id) && !known.has(id),
            );
            own.push(...(await ownAmong(runtime, beyond, contextUrl, user.id)));
        }
        const fresh = own.filter(
            ({ id, instance }) =>
                !known.has(id) &&
                (instance?.createdAt === undefined ||
                    Date.parse(instance.createdAt) >= sentAt - CLOCK_SKEW_MS),
        );
        return onlyOne(fresh, `several workspaces may be the one that ${name} has just made`);
    };
    return send(runtime, request, find, LOOK_YOURSELF);
}

/** Sends a create; where its answer is lost, looks whether it happened. */
async function send(
    runtime: Runtime,
    request: WorkspaceRequest,
    find: () => Promise<Workspace | undefined>,
    whatNext: string,
): Promise<Created> {
    const { client, clock, observer, held } = runtime;
    const deadline = clock.now() + CREATE_DEADLINE_MS;
    observer.wrote();
    try {
        const id = await client.createWorkspace(request);
        held.add(id);
        return { id, started: true };
    } catch (error) {
        if (nothingHappened(error)) {
            throw error;
        }
        const found = await lookAfter(runtime, error, deadline, find, whatNext);
        held.add(found.id);
        // Whether it was started too is not known; where it was, another start does nothing.
        return { id: found.id, workspace: found, started: false };
    } finally {
        observer.wrote();
    }
}

/** The limiter acts before the work, and a call that was never sent does none. */
function nothingHappened(error: unknown): boolean {
    return !(error instanceof GitpodError) || error.neverSent || hasCode(error, "resource_exhausted");
}
