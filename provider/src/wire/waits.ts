import type { GitpodClient } from "./client";
import type { Clock } from "./clock";
import { type Sighting, sightingIn } from "./domain";
import { GitpodError } from "./error";
import type { Listing, LongListing } from "./listing";
import { LookPace } from "./look-pace";

/** Where the lists come from: by a question that is sent after the call. */
interface Lists {
    listing(organizationId: string): Promise<Listing>;
    /** `undefined` where it can't tell. */
    longListing(organizationId: string): Promise<LongListing | undefined>;
}

interface Question {
    workspaceId: string;
    organizationId: string;
    /** The workspace as the asker saw it last, if it did. */
    last: Sighting | undefined;
    /** The list could not tell: ask for this workspace alone. */
    alone: boolean;
    resolve(workspace: Sighting | undefined): void;
    reject(error: unknown): void;
}

/** Whether a workspace is as it was seen before, as far as waits are concerned. */
function isSame({ instance }: Sighting, last: Sighting | undefined): boolean {
    const before = last?.instance;
    return (
        instance?.id === before?.id &&
        instance?.phase === before?.phase &&
        instance?.failed === before?.failed &&
        instance?.timeout === before?.timeout
    );
}

function reject(group: Question[], error: unknown): void {
    for (const question of group) {
        question.reject(GitpodError.from(error, "WorkspacesService/GetWorkspace"));
    }
}

/**
 * Those who wait for a workspace to change. However many they are, one call a tick answers them all: a list for those of
 * one organization, or a get where only one workspace is asked for. Whom a full list does not show costs a call of his own
 * only where the longer list does not tell.
 */
export class Waits {
    readonly #client: GitpodClient;
    readonly #clock: Clock;
    readonly #lists: Lists;
    #questions: Question[] = [];
    #ticking = false;
    readonly #pace: LookPace;
    /** The organizations whose lists were asked for here and are not sent yet: they are counted already. */
    readonly #counted = new Set<string>();

    constructor(client: GitpodClient, clock: Clock, lists: Lists) {
        this.#client = client;
        this.#clock = clock;
        this.#lists = lists;
        this.#pace = new LookPace(clock);
    }

    /** To be called around every write, which may take effect soon. */
    wrote(): void {
        this.#pace.wrote();
    }

    /** To be called with each read of something else: all reads of a minute count together. */
    looked(): void {
        this.#pace.looked();
    }

    /**
     * To be called with each list when it is sent, whoever asked for it: it answers those who wait, too, and the next
     * tick comes after it.
     */
    listed(organizationId: string, listing: Promise<Listing>): void {
        if (!this.#counted.delete(organizationId)) {
            this.#pace.looked();
        }
        const joined = (question: Question): boolean =>
            !question.alone && question.organizationId === organizationId;
        void this.#answerBy(listing, organizationId, this.#take(joined));
    }

    /** @see Observer.next */
    next(
        workspaceId: string,
        organizationId: string,
        last: Sighting | undefined,
    ): Promise<Sighting | undefined> {
        return new Promise((resolve, reject) => {
            this.#questions.push({ workspaceId, organizationId, last, alone: false, resolve, reject });
            void this.#tick();
        });
    }

    /** Sends one call a tick as long as somebody waits; the oldest question says for which organization. */
    async #tick(): Promise<void> {
        if (this.#ticking) {
            return;
        }
        this.#ticking = true;
        try {
            for (;;) {
                const due = this.#pace.due();
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
                this.#pace.looked();
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
        return this.#take(together);
    }

    #take(those: (question: Question) => boolean): Question[] {
        const taken = this.#questions.filter(those);
        this.#questions = this.#questions.filter((question) => !those(question));
        return taken;
    }

    async #answer(group: Question[]): Promise<void> {
        const [first] = group;
        if (first === undefined) {
            return;
        }
        const { workspaceId, organizationId } = first;
        if (group.some((question) => question.workspaceId !== workspaceId)) {
            this.#counted.add(organizationId);
            return this.#answerBy(this.#lists.listing(organizationId), organizationId, group);
        }
        try {
            const workspace = await this.#client.getWorkspace(workspaceId);
            for (const question of group) {
                question.resolve(workspace);
            }
        } catch (error) {
            reject(group, error);
        }
    }

    async #answerBy(asked: Promise<Listing>, organizationId: string, group: Question[]): Promise<void> {
        try {
            const listing = await asked;
            const hidden: Question[] = [];
            for (const question of group) {
                const workspace = listing.workspaces.get(question.workspaceId);
                if (workspace === undefined && !listing.complete) {
                    hidden.push(question);
                } else {
                    question.resolve(workspace);
                }
            }
            await this.#answerHidden(organizationId, hidden);
        } catch (error) {
            reject(group, error);
        }
    }

    /** Answers those whom a full page does not show by the longer list. */
    async #answerHidden(organizationId: string, hidden: Question[]): Promise<void> {
        const longer =
            // Who is alone can be asked for at the same price.
            hidden.length < 2 || organizationId === ""
                ? undefined
                : await this.#lists.longListing(organizationId);
        if (longer === undefined) {
            this.#questions.push(...hidden.map((question) => ({ ...question, alone: true })));
            void this.#tick();
            return;
        }
        for (const { workspaceId, last, resolve, reject } of hidden) {
            const glimpse = longer.get(workspaceId);
            const sighting = glimpse === undefined ? undefined : sightingIn(glimpse);
            if (glimpse !== undefined && sighting === undefined) {
                this.#client.getWorkspace(workspaceId).then(resolve, reject);
            } else {
                // What was seen before tells more of the same.
                resolve(sighting !== undefined && isSame(sighting, last) ? last : sighting);
            }
        }
    }
}
