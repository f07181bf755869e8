import type { Glimpse, Workspace } from "./domain";

/** What a list says. */
export interface Listing {
    workspaces: ReadonlyMap<string, Workspace>;
    /** Whether what is not in it does not exist: a full page proves nothing. */
    complete: boolean;
}

/** Whether a workspace is there. */
export type Presence<Shown = Workspace> =
    | { kind: "listed"; workspace: Shown }
    /** A list that shows every workspace does not show it. */
    | { kind: "absent" }
    /** No list that the server gives is long enough to tell. */
    | { kind: "undecided" };

/** For a refresh, which knows the workspace already. */
export type RecentPresence =
    | Presence
    /** It is there, and as it was known. */
    | { kind: "unchanged" };

/** The workspaces of `gitpod.v1`'s longer list, by their ids. */
export type LongListing = ReadonlyMap<string, Glimpse>;
