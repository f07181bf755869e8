import type { Sighting } from "../../wire/domain";
import { hasCode } from "../../wire/error";
import type { Runtime } from "../runtime";
import { Drive, Vanished } from "./drive";
import { nameOf, timeoutMs } from "./lifecycle";
import { type Existence, existenceOf } from "./presence";
import type { WorkspaceState } from "./state";
import { tellsWork, unsavedWork } from "./work";

/**
 * Deletes a workspace: looks for unsaved work before it touches anything, stops it, looks again, deletes it, and
 * sees it leave the list. A workspace that is gone already is a success.
 */
export async function deleteWorkspace(runtime: Runtime, id: string, saved: WorkspaceState): Promise<void> {
    const { observer, held } = runtime;
    const { organizationId } = saved;
    const deadline = runtime.clock.now() + timeoutMs(saved, "delete");
    const look = async (): Promise<Existence<Sighting>> =>
        existenceOf(runtime, id, saved.ownerId, await observer.sighting(id, organizationId));
    const existence = await look();
    if (existence.kind === "gone") {
        held.delete(id);
        return;
    }
    if (existence.kind === "alive") {
        await refuseOverWork(runtime, saved, existence.workspace, "Nothing was touched");
        const target = { id, organizationId, name: nameOf(saved, id) };
        const goal = {
            desired: "stopped",
            waitForRunning: false,
            timeoutMs: deadline - runtime.clock.now(),
            timeoutKey: "delete",
        } as const;
        const drive = new Drive(runtime, target, goal, existence.workspace, { kind: "none" });
        try {
            await refuseOverWork(runtime, saved, await drive.run(), "It was stopped, and is kept");
        } catch (error) {
            const missing = error instanceof Vanished || hasCode(error, "not_found");
            if (!missing || (await look()).kind !== "gone") {
                throw error;
            }
            // Somebody else has deleted it during the wait.
            held.delete(id);
            return;
        }
    }
    await deleteUntilGone(runtime, id, organizationId, deadline);
    held.delete(id);
}

async function refuseOverWork(
    { client }: Runtime,
    { forceDestroy }: WorkspaceState,
    seen: Sighting,
    done: string,
): Promise<void> {
    if (forceDestroy === true) {
        return;
    }
    const { id } = seen;
    const work = unsavedWork(tellsWork(seen) ? seen : await client.getWorkspace(id));
    if (work !== undefined) {
        throw new Error(
            `workspace ${id} holds work that its deletion would lose: ${work}. ${done}. Push that work; or, to lose it, set forceDestroy: true and run \`pulumi up\` (first undo the change that replaces it, if there is one), then delete again`,
        );
    }
}

/** A server can say OK and do nothing, so only a list that lacks it ends this. */
async function deleteUntilGone(
    { client, clock, observer }: Runtime,
    id: string,
    organizationId: string,
    deadline: number,
): Promise<void> {
    for (;;) {
        observer.wrote();
        try {
            await client.deleteWorkspace(id);
        } catch (error) {
            // That it is not found is a success where the list says so too.
            if (!hasCode(error, "not_found")) {
                throw error;
            }
        } finally {
            observer.wrote();
        }
        const { kind } = await observer.sighting(id, organizationId);
        // Where no list is long enough to tell, the answer has to do.
        if (kind !== "listed") {
            return;
        }
        if (clock.now() >= deadline) {
            throw new Error(
                `workspace ${id} is still there although the server accepted its deletion; run \`pulumi destroy\` again, or delete it in Gitpod`,
            );
        }
        await clock.sleep(DELETE_AGAIN_MS);
    }
}

/** Pause before a deletion that had no effect is asked for again, in milliseconds. */
const DELETE_AGAIN_MS = 2_000;
