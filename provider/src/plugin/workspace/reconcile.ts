import type { WorkspaceInstance } from "../../wire/domain";

/** What a declaration asks for. */
export type Desired = "running" | "stopped" | "unmanaged";

/** What has been done in this operation to make the workspace run. */
export type Attempt =
    | { kind: "none" }
    /** A start was accepted; before it the latest instance was this one. A create is the start without one. */
    | { kind: "started"; previousInstanceId?: string };

/** The one right thing to do next. */
export type Action =
    | { kind: "done" }
    | { kind: "start" }
    | { kind: "stop" }
    | { kind: "wait"; until: "RUNNING" | "STOPPED" }
    | { kind: "fail"; reason: string };

/** Why an instance that was to run has stopped. */
function whyStopped(instance: WorkspaceInstance): string {
    if (instance.failed !== undefined) {
        return `could not start: ${instance.failed}`;
    }
    if (instance.timeout !== undefined) {
        return `timed out before it was running: ${instance.timeout}`;
    }
    return "was stopped by someone else before it was running";
}

function toRunning(instance: WorkspaceInstance | undefined, attempt: Attempt): Action {
    switch (instance?.phase) {
        case "RUNNING":
            return { kind: "done" };
        case "STOPPING":
            // A start would be swallowed here.
            return { kind: "wait", until: "STOPPED" };
        case undefined:
            return { kind: "start" };
        case "STOPPED":
            // The instance from before the start tells nothing of the new one; it can also mean that the start was lost.
            return attempt.kind === "none" || instance.id === attempt.previousInstanceId
                ? { kind: "start" }
                : { kind: "fail", reason: whyStopped(instance) };
        default:
            return { kind: "wait", until: "RUNNING" };
    }
}

function toStopped(instance: WorkspaceInstance | undefined): Action {
    switch (instance?.phase) {
        case undefined:
        case "STOPPED":
            return { kind: "done" };
        case "STOPPING":
            return { kind: "wait", until: "STOPPED" };
        default:
            // In UNSPECIFIED too: a stop that is not needed does no harm.
            return { kind: "stop" };
    }
}

/** Decides what to do with a workspace whose latest instance, if it has one, looks like this. */
export function reconcile(
    desired: Desired,
    instance: WorkspaceInstance | undefined,
    attempt: Attempt,
): Action {
    switch (desired) {
        case "unmanaged":
            return { kind: "done" };
        case "running":
            return toRunning(instance, attempt);
        case "stopped":
            return toStopped(instance);
    }
}
