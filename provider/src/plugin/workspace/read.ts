import type { Bag } from "../bag";
import type { Runtime } from "../runtime";
import { withoutMark } from "./context-url";
import { nameOf } from "./lifecycle";
import { existenceOf } from "./presence";
import {
    isAsSaved,
    type Observed,
    observe,
    observedOf,
    toBag,
    toInputs,
    toState,
    type WorkspaceState,
} from "./state";

/** What the dynamic host takes for a resource that was read; an empty id drops it from the state. */
export interface ReadResult {
    id: string;
    props: Bag;
    inputs?: Bag;
}

/** Reads a workspace that the state holds, or one that a program names with `Workspace.get`. */
export async function readWorkspace(
    runtime: Runtime,
    id: string,
    saved: Partial<WorkspaceState>,
): Promise<ReadResult> {
    const organizationId = saved.organizationId ?? runtime.config.organizationId ?? "";
    const presence = await runtime.observer.recentPresence(id, organizationId, (glimpse) =>
        isAsSaved(saved, glimpse),
    );
    if (presence.kind === "unchanged") {
        // What has been seen before was saved, so nothing is missing.
        const state = saved as WorkspaceState;
        return found(id, { ...state, organizationId }, observedOf(state));
    }
    const existence = await existenceOf(runtime, id, saved.ownerId, presence);
    switch (existence.kind) {
        case "gone":
            return { id: "", props: {} };
        case "unseen":
            runtime.log(
                `warning: gitpod.Workspace ${nameOf(saved, id)}: ${existence.reason}; its state is kept as it was`,
            );
            return { id, props: toBag(saved) };
        case "alive": {
            const { workspace } = existence;
            // A resource that was never saved, as with `get`, has no inputs yet.
            const state: WorkspaceState = {
                contextUrl: withoutMark(workspace.context.contextUrl),
                running: false,
                ...saved,
                organizationId,
            };
            return found(id, state, observe(workspace, state.running));
        }
    }
}

function found(id: string, state: WorkspaceState, observed: Observed): ReadResult {
    const seen = toState(toInputs(state), state.organizationId, observed);
    return { id, props: toBag(seen), inputs: { ...toInputs(seen) } };
}
