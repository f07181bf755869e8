import { type GitpodError, hasCode } from "./error";

/**
 * What the server has said of the token. The experimental API says "unauthenticated" to a bad one once; after that
 * it answers `internal`, since its inner connection is pooled, dead or not. That first answer may have gone to this
 * process or to an earlier one.
 */
export class TokenVerdict {
    readonly #ask: () => Promise<GitpodError | undefined>;
    /** Whether the experimental API has done something for this token. */
    #accepted = false;
    #refused: GitpodError | undefined;
    #asked: Promise<GitpodError | undefined> | undefined;

    /** @param ask the failure of a call to `gitpod.v1`, which says the same of a bad token each time */
    constructor(ask: () => Promise<GitpodError | undefined>) {
        this.#ask = ask;
    }

    /** To be called when the experimental API has answered. */
    accepted(): void {
        this.#accepted = true;
    }

    /** The failure as it is to be told: what was said first is the truth. */
    async on(error: GitpodError, isExperimental: boolean): Promise<GitpodError> {
        // A create also says "unauthenticated" where Gitpod has no access to the repository.
        if (hasCode(error, "unauthenticated") && !error.operation.endsWith("/CreateAndStartWorkspace")) {
            this.#refused = error;
        }
        if (!isExperimental || !hasCode(error, "internal")) {
            return error;
        }
        if (this.#refused === undefined && !this.#accepted) {
            // Once: a server that fails for another reason is not asked more because of it.
            this.#asked ??= this.#ask();
            const failure = await this.#asked;
            if (hasCode(failure, "unauthenticated")) {
                this.#refused = failure;
            }
        }
        return this.#refused ?? error;
    }
}
