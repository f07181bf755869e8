import type { Sighting, Workspace } from "../../wire/domain";
import { type GitpodError, hasCode } from "../../wire/error";
import type { Presence } from "../../wire/listing";
import type { Runtime } from "../runtime";

/** Whether a workspace that the state holds is still there. */
export type Existence<Shown> =
    | { kind: "alive"; workspace: Shown | Workspace }
    | { kind: "gone" }
    /** Nothing proves that it is gone, and nothing shows it either. */
    | { kind: "unseen"; reason: string };

/**
 * Whether a workspace exists. It is gone on positive evidence only: the caller is its owner, a list that shows all
 * of the owner's workspaces does not show it, and asked for by its id it is unknown, or answered as the soft-deleted
 * ones are. An error is never read as absence.
 *
 * @param ownerId the owner as saved; where it is not known, the caller must turn out to be
 */
export async function existenceOf<Shown extends Sighting>(
    { client, observer }: Runtime,
    id: string,
    ownerId: string | undefined,
    presence: Presence<Shown>,
): Promise<Existence<Shown>> {
    if (presence.kind === "listed") {
        return { kind: "alive", workspace: presence.workspace };
    }
    const user = await observer.user();
    if (ownerId !== undefined && user.id !== ownerId) {
        throw new Error(
            `workspace ${id} belongs to user ${ownerId}, but the token is ${user.name}'s (${user.id}), who may not see it; use a token of the owner`,
        );
    }
    try {
        const workspace = await client.getWorkspace(id);
        if (presence.kind === "undecided") {
            return { kind: "alive", workspace };
        }
        if (workspace.ownerId !== user.id) {
            throw new Error(
                `workspace ${id} belongs to user ${workspace.ownerId}, but the token is ${user.name}'s (${user.id}); use a token of the owner`,
            );
        }
        return { kind: "gone" };
    } catch (error) {
        if (!hasCode(error, "not_found")) {
            throw error;
        }
        return presence.kind === "absent"
            ? { kind: "gone" }
            : {
                  kind: "unseen",
                  reason: `${(error as GitpodError).rawMessage}, and the list of workspaces is too long to prove that it is gone`,
              };
    }
}
