import { type GitpodClient, LIST_LIMIT, LIST_LIMIT_V1 } from "./client";
import type { Clock } from "./clock";
import { type Glimpse, type Sighting, sightingIn, type Team, type User, type WorkspaceClass } from "./domain";
import { hasCode } from "./error";
import type { Listing, LongListing, Presence, RecentPresence } from "./listing";
import { Shared } from "./shared";
import { Waits } from "./waits";

/**
 * A list is not asked for again sooner than this, in milliseconds: whoever asks meanwhile is answered by the next one. It
 * costs an operation on one workspace next to nothing, and one on a hundred gets along with a few lists.
 */
const LIST_GAP_MS = 200;

/** The same for the longer list: up to 400 workspaces are work for the server, and kilobytes each while they are read here. */
const LONG_LIST_GAP_MS = 1_000;

/** How old an answer a refresh may take, in milliseconds. */
const REFRESH_AGE_MS = 5_000;

/** Only the longer list shows it. */
interface Glimpsed {
    kind: "glimpsed";
    glimpse: Glimpse;
}

/**
 * The one reader of workspace state: whoever asks the same at the same time shares one answer, and those who wait are
 * answered together, at each tick.
 */
export class Observer {
    readonly #client: GitpodClient;
    readonly #clock: Clock;
    readonly #lists = new Map<string, Shared<Listing>>();
    readonly #listsV1 = new Map<string, Shared<LongListing | undefined>>();
    readonly #user: Shared<User>;
    readonly #classes: Shared<WorkspaceClass[]>;
    readonly #teams: Shared<Team[]>;
    readonly #waits: Waits;
    /** Until the server says otherwise. */
    #servesV1 = true;
    #lastWrite = Number.NEGATIVE_INFINITY;

    constructor(client: GitpodClient, clock: Clock) {
        this.#client = client;
        this.#clock = clock;
        const waits = new Waits(client, clock, this);
        const once = <T>(ask: () => Promise<T>): Shared<T> =>
            new Shared(clock, () => {
                waits.looked();
                return ask();
            });
        this.#user = once(() => client.whoAmI());
        this.#classes = once(() => client.listWorkspaceClasses());
        this.#teams = once(() => client.listTeams());
        this.#waits = waits;
    }

    /** Who the token belongs to: asked once a process. */
    user(): Promise<User> {
        return this.#user.since(Number.NEGATIVE_INFINITY);
    }

    /** The classes of the installation: asked once a process. */
    classes(): Promise<WorkspaceClass[]> {
        return this.#classes.since(Number.NEGATIVE_INFINITY);
    }

    /** The caller's teams, as they were when a workspace first asked. */
    teams(): Promise<Team[]> {
        return this.#teams.since(Number.NEGATIVE_INFINITY);
    }

    /** To be called around every write: what was read before it is no longer good. */
    wrote(): void {
        this.#lastWrite = this.#clock.now();
        this.#waits.wrote();
    }

    /** The caller's workspaces in an organization, by a question sent after this call. */
    listing(organizationId: string): Promise<Listing> {
        return this.#list(organizationId).ask();
    }

    /**
     * The state of a workspace at the next tick, for those who wait for it to change; `undefined` when a list
     * proves that it is not there. A soft-deleted workspace may still be shown.
     *
     * @param last the workspace as the asker saw it last, which is the answer again where it has not changed
     */
    next(workspaceId: string, organizationId: string, last?: Sighting): Promise<Sighting | undefined> {
        return this.#waits.next(workspaceId, organizationId, last);
    }

    /** Whether a workspace is there, by a question sent after this call. */
    async presence(workspaceId: string, organizationId: string): Promise<Presence> {
        return this.#whole(workspaceId, await this.#find(workspaceId, organizationId, this.#clock.now()));
    }

    /** The same, where what a list shows is enough; a workspace of which that is nothing is asked for. */
    async sighting(workspaceId: string, organizationId: string): Promise<Presence<Sighting>> {
        const found = await this.#find(workspaceId, organizationId, this.#clock.now());
        const sighting = found.kind === "glimpsed" ? sightingIn(found.glimpse) : undefined;
        return sighting === undefined
            ? this.#whole(workspaceId, found)
            : { kind: "listed", workspace: sighting };
    }

    /**
     * The same for a refresh, whose reads come in waves: the answer may be some seconds old.
     *
     * @param isKnown whether a glimpse shows the workspace as it is known: then it is not asked for
     */
    async recentPresence(
        workspaceId: string,
        organizationId: string,
        isKnown: (glimpse: Glimpse) => boolean,
    ): Promise<RecentPresence> {
        const since = Math.max(this.#clock.now() - REFRESH_AGE_MS, this.#lastWrite);
        const found = await this.#find(workspaceId, organizationId, since);
        return found.kind === "glimpsed" && isKnown(found.glimpse)
            ? { kind: "unchanged" }
            : this.#whole(workspaceId, found);
    }

    /** An organization's workspaces by the longer list of `gitpod.v1`; `undefined` where that can't tell. */
    longListing(organizationId: string): Promise<LongListing | undefined> {
        return this.#listV1(organizationId).ask();
    }

    async #find(workspaceId: string, organizationId: string, since: number): Promise<Presence | Glimpsed> {
        const listing = await this.#list(organizationId).since(since);
        const listed = listing.workspaces.get(workspaceId);
        if (listed !== undefined) {
            return { kind: "listed", workspace: listed };
        }
        if (listing.complete) {
            return { kind: "absent" };
        }
        const longer = organizationId === "" ? undefined : await this.#listV1(organizationId).since(since);
        if (longer === undefined) {
            return { kind: "undecided" };
        }
        const glimpse = longer.get(workspaceId);
        return glimpse === undefined ? { kind: "absent" } : { kind: "glimpsed", glimpse };
    }

    async #whole(workspaceId: string, found: Presence | Glimpsed): Promise<Presence> {
        return found.kind === "glimpsed"
            ? { kind: "listed", workspace: await this.#client.getWorkspace(workspaceId) }
            : found;
    }

    #list(organizationId: string): Shared<Listing> {
        return this.#shared(this.#lists, organizationId, LIST_GAP_MS, () => {
            const listing = this.#listNow(organizationId);
            this.#waits.listed(organizationId, listing);
            return listing;
        });
    }

    async #listNow(organizationId: string): Promise<Listing> {
        const workspaces = await this.#client.listWorkspaces(organizationId);
        return {
            workspaces: new Map(workspaces.map((workspace) => [workspace.id, workspace])),
            complete: workspaces.length < LIST_LIMIT,
        };
    }

    #listV1(organizationId: string): Shared<LongListing | undefined> {
        return this.#shared(this.#listsV1, organizationId, LONG_LIST_GAP_MS, async () => {
            if (!this.#servesV1) {
                return undefined;
            }
            try {
                const glimpses = await this.#client.listWorkspacesV1(organizationId);
                return glimpses.length < LIST_LIMIT_V1
                    ? new Map(glimpses.map((glimpse) => [glimpse.id, glimpse]))
                    : undefined;
            } catch (error) {
                if (hasCode(error, "unimplemented")) {
                    this.#servesV1 = false;
                    return undefined;
                }
                throw error;
            }
        });
    }

    #shared<T>(all: Map<string, Shared<T>>, key: string, gapMs: number, load: () => Promise<T>): Shared<T> {
        let shared = all.get(key);
        if (shared === undefined) {
            shared = new Shared(this.#clock, load, gapMs);
            all.set(key, shared);
        }
        return shared;
    }
}
