import { isDeepStrictEqual } from "node:util";
import type { Glimpse, Phase, Sighting, WorkspaceContext, WorkspacePort } from "../../wire/domain";
import { type Bag, pick, secret, withoutUndefined } from "../bag";
import type { WorkspaceInputs } from "./inputs";
import { DECLARED } from "./keys";

/** Why a stopped workspace stopped: its start or run failed, it timed out, or somebody asked for it. */
export type StopReason = "failed" | "timeout" | "requested";

/** What was seen of a workspace. */
export interface Observed {
    /** The user who owns the workspace. */
    ownerId?: string;
    /** The project. */
    projectId?: string;
    /** Where the workspace came from. */
    context?: WorkspaceContext;
    /** The server's title of the workspace. */
    description?: string;
    /** The latest run; each start makes a new one. */
    instanceId?: string;
    /** The {@link Phase} of the latest run. */
    phase?: Phase;
    /** Where to open the workspace. */
    url?: string;
    /** Whether it is running; starting and being interrupted count as running. */
    running: boolean;
    /** Why it stopped, if it has. */
    stopReason?: StopReason;
    /** The ports that it exposes. */
    ports?: WorkspacePort[];
    /** When the latest run was created, RFC 3339. */
    createdAt?: string;
}

/** What the state holds of a workspace: what was declared, and what was seen last. */
export interface WorkspaceState extends Omit<WorkspaceInputs, "organizationId" | "running">, Observed {
    organizationId: string;
    /** Which of `organizationId` and `running` the program wrote: both are also observed. */
    declared?: string[];
}

/** Whether a workspace counts as running; in a phase that is not known, as it did last. */
export function isRunning(phase: Phase | undefined, last: boolean): boolean {
    switch (phase) {
        case "PREPARING":
        case "IMAGEBUILD":
        case "PENDING":
        case "CREATING":
        case "INITIALIZING":
        case "RUNNING":
        case "INTERRUPTED":
            return true;
        case "STOPPING":
        case "STOPPED":
        case undefined:
            return false;
        case "UNSPECIFIED":
            return last;
    }
}

function stopReasonOf({ instance }: Sighting): StopReason | undefined {
    if (instance?.phase !== "STOPPED") {
        return undefined;
    }
    if (instance.failed !== undefined) {
        return "failed";
    }
    return instance.timeout === undefined ? "requested" : "timeout";
}

/** What the state holds of what `workspace` shows; what a glimpse does not show is left out. */
export function observe(workspace: Sighting, lastRunning: boolean): Observed {
    const { instance } = workspace;
    return withoutUndefined({
        ownerId: workspace.ownerId,
        projectId: workspace.projectId,
        context: workspace.context,
        description: workspace.description,
        instanceId: instance?.id,
        phase: instance?.phase,
        url: instance?.url,
        running: isRunning(instance?.phase, lastRunning),
        stopReason: stopReasonOf(workspace),
        ports: instance?.ports ?? [],
        createdAt: instance?.createdAt,
    }) as Observed;
}

/** Whether a glimpse of a workspace shows what the state holds of it, so that it need not be asked for. */
export function isAsSaved(saved: Partial<WorkspaceState>, glimpse: Glimpse): boolean {
    const { ownerId, description, instance } = glimpse;
    const { id: instanceId, phase, url } = instance ?? {};
    const stopReason = stopReasonOf(glimpse);
    const seen = { ownerId, description, instanceId, phase, url, stopReason, ports: instance?.ports ?? [] };
    return (
        saved.context !== undefined &&
        // A phase that is not known says nothing.
        phase !== "UNSPECIFIED" &&
        isDeepStrictEqual(seen, {
            ownerId: saved.ownerId,
            description: saved.description,
            instanceId: saved.instanceId,
            phase: saved.phase,
            url: saved.url,
            stopReason: saved.stopReason,
            ports: saved.ports,
        })
    );
}

const OBSERVED = [
    "ownerId",
    "projectId",
    "context",
    "description",
    "instanceId",
    "phase",
    "url",
    "running",
    "stopReason",
    "ports",
    "createdAt",
] as const satisfies (keyof Observed)[];

/** What a saved state holds of what was seen. */
export function observedOf(state: WorkspaceState): Observed {
    return pick(state, OBSERVED);
}

/** The state of a workspace that is declared by `inputs` and was last seen as `observed`. */
export function toState(inputs: WorkspaceInputs, organizationId: string, observed: Observed): WorkspaceState {
    const declared = (["organizationId", "running"] as const).filter((key) => inputs[key] !== undefined);
    return { ...withoutUndefined(inputs), ...observed, organizationId, declared };
}

/** A state as it is given to the engine. */
export function toBag(state: Partial<WorkspaceState>): Bag {
    return state.secretContext === true && state.context !== undefined
        ? { ...state, context: secret(state.context) }
        : { ...state };
}

/** The inputs that a saved state was made from; `running` as it was observed, which is what makes drift visible. */
export function toInputs(state: WorkspaceState): WorkspaceInputs {
    const { declared = [] } = state;
    const both = (["organizationId", "running"] as const).filter((key) => declared.includes(key));
    return { ...pick(state, DECLARED), ...pick(state, both) };
}
