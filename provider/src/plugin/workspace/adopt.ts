import type { Workspace } from "../../wire/domain";
import type { Presence } from "../../wire/listing";
import type { Runtime } from "../runtime";
import { effectiveContextUrl, withoutMark } from "./context-url";
import type { WorkspaceInputs } from "./inputs";

/** Which of the listed workspaces a create may take for its own, by their whole context URL. */
export function findOwn(
    listing: Iterable<Workspace>,
    contextUrl: string,
    ownerId: string,
    held: ReadonlySet<string>,
): Workspace[] {
    return [...listing].filter(
        (workspace) =>
            workspace.context.contextUrl === contextUrl &&
            workspace.ownerId === ownerId &&
            !held.has(workspace.id),
    );
}

/** The one of several candidates, or none; more than one is for a person to decide. */
export function onlyOne(candidates: Workspace[], what: string): Workspace | undefined {
    if (candidates.length > 1) {
        const ids = candidates.map(({ id }) => id).join(", ");
        throw new Error(
            `${what}: ${ids}. Look at them in Gitpod, then name the one to keep with \`adopt\`, and delete the others`,
        );
    }
    return candidates[0];
}

/** Why a workspace that a program wants to adopt can't be; `undefined` where it can. */
export function adoptionProblem(
    inputs: WorkspaceInputs,
    id: string,
    presence: Presence,
    ownerId: string,
    held: ReadonlySet<string>,
): string | undefined {
    if (presence.kind !== "listed") {
        return presence.kind === "absent"
            ? "it is not among your workspaces in this organization (deleted, another user's, or in another organization)"
            : "the list of your workspaces in this organization is too long to find it; delete some that you no longer need";
    }
    const { workspace } = presence;
    if (workspace.ownerId !== ownerId) {
        return `it belongs to another user (${workspace.ownerId})`;
    }
    if (held.has(id)) {
        return "another resource of this stack holds it";
    }
    const wanted = effectiveContextUrl(inputs);
    const { contextUrl, git } = workspace.context;
    const same = [contextUrl, withoutMark(contextUrl), git?.normalizedContextUrl];
    if (same.includes(wanted)) {
        return undefined;
    }
    return inputs.secretContext === true
        ? "it was made from another context URL"
        : `it was made from "${withoutMark(contextUrl)}", not from "${wanted}"`;
}

/** Takes over the workspace that the program names. */
export async function adopt(
    runtime: Runtime,
    inputs: WorkspaceInputs,
    id: string,
    organizationId: string,
): Promise<Workspace> {
    const { observer, held } = runtime;
    const [user, presence] = await Promise.all([observer.user(), observer.presence(id, organizationId)]);
    const problem = adoptionProblem(inputs, id, presence, user.id, held);
    if (problem !== undefined || presence.kind !== "listed") {
        throw new Error(`workspace ${id} can't be adopted: ${problem}`);
    }
    return presence.workspace;
}
