import { type GitpodClient, LIST_LIMIT, LIST_LIMIT_V1 } from "./client";
import type { Clock } from "./clock";
import type { Team, User, Workspace, WorkspaceClass } from "./domain";
import { GitpodError, hasCode } from "./error";
import { Shared } from "./shared";

/** What a list says. */
export interface Listing {
    workspaces: ReadonlyMap<string, Workspace>;
    /** Whether what is not in it does not exist: a full page proves nothing. */
    complete: boolean;
}

/** Whether a workspace is there. */
export type Presence =
    | { kind: "listed"; workspace: Workspace }
    /** A list that shows every workspace does not show it. */
    | { kind: "absent" }
    /** No list that the server gives is long enough to tell. */
    | { kind: "undecided" };

/** Waits are answered this often, in milliseconds: 60 calls a minute of the 200 that a user has for everything. */
export const TICK_MS = 1_000;
/** How old an answer a refresh may take, in milliseconds. */
const REFRESH_AGE_MS = 5_000;

interface Question {
    workspaceId: string;
    organizationId: string;
    /** The list could not tell: ask for this workspace alone. */
    alone: boolean;
    resolve(workspace: Workspace | undefined): void;
    reject(error: unknown): void;
}

/**
 * The one reader of workspace state. However many wait, one call a tick answers them all: a list for those of one
 * organization, or a get where only one workspace is asked for.
 */
export class Observer {
    readonly #client: GitpodClient;
    readonly #clock: Clock;
    readonly #lists = new Map<string, Shared<Listing>>();
    readonly #listsV1 = new Map<string, Shared<string[] | undefined>>();
    readonly #user: Shared<User>;
    readonly #classes: Shared<WorkspaceClass[]>;
    readonly #teams: Shared<Team[]>;
    #questions: Question[] = [];
    #ticking = false;
    #lastCall = Number.NEGATIVE_INFINITY;
    #lastWrite = Number.NEGATIVE_INFINITY;

    constructor(client: GitpodClient, clock: Clock) {
        this.#client = client;
        this.#clock = clock;
        this.#user = new Shared(clock, () => client.whoAmI());
        this.#classes = new Shared(clock, () => client.listWorkspaceClasses());
        this.#teams = new Shared(clock, () => client.listTeams());
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
    }

    /** The caller's workspaces in an organization, by a question sent after this call. */
    listing(organizationId: string): Promise<Listing> {
        return this.#list(organizationId).ask();
    }

    /**
     * The state of a workspace at the next tick, for those who wait for it to change; `undefined` when a list
     * proves that it is not there. A soft-deleted workspace may still be shown.
     */
    next(workspaceId: string, organizationId: string): Promise<Workspace | undefined> {
        return new Promise((resolve, reject) => {
            this.#questions.push({ workspaceId, organizationId, alone: false, resolve, reject });
            void this.#tick();
        });
    }

    /** Whether a workspace is there, by a question sent after this call. */
    presence(workspaceId: string, organizationId: string): Promise<Presence> {
        return this.#presence(workspaceId, organizationId, this.#clock.now());
    }

    /** The same for a refresh, whose reads come in waves: the answer may be some seconds old. */
    recentPresence(workspaceId: string, organizationId: string): Promise<Presence> {
        const since = Math.max(this.#clock.now() - REFRESH_AGE_MS, this.#lastWrite);
        return this.#presence(workspaceId, organizationId, since);
    }

    /** Ids of an organization's workspaces by the longer list of `gitpod.v1`; `undefined` where that can't tell. */
    longListing(organizationId: string): Promise<string[] | undefined> {
        return this.#listV1(organizationId).ask();
    }

    async #presence(workspaceId: string, organizationId: string, since: number): Promise<Presence> {
        const listing = await this.#list(organizationId).since(since);
        const listed = listing.workspaces.get(workspaceId);
        if (listed !== undefined) {
            return { kind: "listed", workspace: listed };
        }
        if (listing.complete) {
            return { kind: "absent" };
        }
        const ids = organizationId === "" ? undefined : await this.#listV1(organizationId).since(since);
        if (ids === undefined) {
            return { kind: "undecided" };
        }
        return ids.includes(workspaceId)
            ? { kind: "listed", workspace: await this.#client.getWorkspace(workspaceId) }
            : { kind: "absent" };
    }

    #list(organizationId: string): Shared<Listing> {
        return this.#shared(this.#lists, organizationId, async () => {
            this.#lastCall = this.#clock.now();
            const workspaces = await this.#client.listWorkspaces(organizationId);
            return {
                workspaces: new Map(workspaces.map((workspace) => [workspace.id, workspace])),
                complete: workspaces.length < LIST_LIMIT,
            };
        });
    }

    #listV1(organizationId: string): Shared<string[] | undefined> {
        return this.#shared(this.#listsV1, organizationId, async () => {
            try {
                const ids = await this.#client.listWorkspaceIdsV1(organizationId);
                return ids.length < LIST_LIMIT_V1 ? ids : undefined;
            } catch (error) {
                if (hasCode(error, "unimplemented")) {
                    return undefined;
                }
                throw error;
            }
        });
    }

    #shared<T>(all: Map<string, Shared<T>>, key: string, load: () => Promise<T>): Shared<T> {
        let shared = all.get(key);
        if (shared === undefined) {
            shared = new Shared(this.#clock, load);
            all.set(key, shared);
        }
        return shared;
    }

    /** Sends one call a tick as long as somebody waits; the oldest question says for which organization. */
    async #tick(): Promise<void> {
        if (this.#ticking) {
            return;
        }
        this.#ticking = true;
        try {
            for (;;) {
                const due = this.#lastCall + TICK_MS - this.#clock.now();
                if (due > 0) {
                    await this.#clock.sleep(due);
                    // Others may have called meanwhile.
                    continue;
                }
                // Those who ask in the same turn of the loop are answered by the same call.
                await new Promise((resolve) => setImmediate(resolve));
                const group = this.#takeGroup();
                if (group.length === 0) {
                    return;
                }
                this.#lastCall = this.#clock.now();
                // A slow answer must not hold up the next tick.
                void this.#answer(group);
            }
        } finally {
            this.#ticking = false;
        }
    }

    #takeGroup(): Question[] {
        const [first] = this.#questions;
        if (first === undefined) {
            return [];
        }
        const together = (question: Question): boolean =>
            first.alone
                ? question.workspaceId === first.workspaceId
                : !question.alone && question.organizationId === first.organizationId;
        const group = this.#questions.filter(together);
        this.#questions = this.#questions.filter((question) => !together(question));
        return group;
    }

    async #answer(group: Question[]): Promise<void> {
        try {
            const [first] = group;
            if (first === undefined) {
                return;
            }
            if (group.every((question) => question.workspaceId === first.workspaceId)) {
                const workspace = await this.#client.getWorkspace(first.workspaceId);
                for (const question of group) {
                    question.resolve(workspace);
                }
                return;
            }
            const listing = await this.listing(first.organizationId);
            for (const question of group) {
                const workspace = listing.workspaces.get(question.workspaceId);
                if (workspace === undefined && !listing.complete) {
                    this.#questions.push({ ...question, alone: true });
                } else {
                    question.resolve(workspace);
                }
            }
            void this.#tick();
        } catch (error) {
            for (const question of group) {
                question.reject(GitpodError.from(error, "WorkspacesService/GetWorkspace"));
            }
        }
    }
}
