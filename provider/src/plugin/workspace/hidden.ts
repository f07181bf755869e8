import type { Glimpse, Workspace } from "../../wire/domain";
import type { Listing, LongListing } from "../../wire/listing";
import type { Runtime } from "../runtime";
import { findOwn } from "./adopt";
import { markAmong, markIn } from "./context-url";

/** The longer list of an organization whose first one is full. A create that nothing could find again is refused. */
export async function requireLongListing(
    { observer }: Runtime,
    organizationId: string,
): Promise<LongListing> {
    const longer = await observer.longListing(organizationId);
    if (longer === undefined) {
        throw new Error(
            "there are too many workspaces in this organization to see whether an earlier run made this one already; delete some that you no longer need",
        );
    }
    return longer;
}

/**
 * Which workspaces beyond a full list may carry a mark. Those with another one do not; those without any may only where the
 * two lists do not prove, by a workspace that both of them show, that the longer one tells the marks.
 */
export function mayCarry(mark: string | undefined, listing: Listing, longer: LongListing): Glimpse[] {
    const isProven = [...listing.workspaces.values()].some(({ id, context }) => {
        const known = markIn(context.contextUrl);
        return known !== undefined && markAmong(longer.get(id)?.variables ?? []) === known;
    });
    return [...longer.values()].filter(({ id, variables }) => {
        const its = markAmong(variables);
        return !listing.workspaces.has(id) && (its === mark || (its === undefined && !isProven));
    });
}

/** Those of the workspaces of which the list gave a glimpse that a create may take for its own. */
export async function ownAmong(
    { client, held }: Runtime,
    glimpses: Glimpse[],
    contextUrl: string,
    ownerId: string,
): Promise<Workspace[]> {
    const possible = glimpses.filter((glimpse) => glimpse.ownerId === ownerId && !held.has(glimpse.id));
    const workspaces = await Promise.all(possible.map(({ id }) => client.getWorkspace(id)));
    return findOwn(workspaces, contextUrl, ownerId, held);
}
