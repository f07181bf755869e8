import type { ShownWorkspace } from "../src/window-view";

/** What a button does to a workspace. */
export interface Action {
    /** As the control API calls it. */
    change: string;
    label: string;
    /** What the change needs beside the id. */
    fields: Record<string, unknown>;
    /** Why there is nothing to do; `undefined` where there is. */
    pointless(workspace: ShownWorkspace): string | undefined;
    /** What has happened, and what to do next. */
    done(workspace: ShownWorkspace): string;
}

function notRunning({ id, phase }: ShownWorkspace): string | undefined {
    if (phase === undefined) {
        return `${id} has never been started.`;
    }
    return phase === "STOPPED" ? `${id} is stopped already.` : undefined;
}

function next({ maker }: ShownWorkspace): string {
    switch (maker.kind) {
        case "stack":
            return `Run pulumi refresh in the stack ${maker.project}/${maker.stack} to see it found.`;
        case "somebody":
            return "No stack made it; one that has adopted it finds it with pulumi refresh.";
        case "unknown":
            return "The stack that made it, if one did, finds it with pulumi refresh.";
    }
}

export const ACTIONS: readonly Action[] = [
    {
        change: "stop",
        label: "Stop",
        fields: {},
        pointless: notRunning,
        done: (workspace) => `${workspace.id} is stopped. ${next(workspace)}`,
    },
    {
        change: "timeOut",
        label: "Time out",
        fields: {},
        pointless: notRunning,
        done: (workspace) => `${workspace.id} has timed out and is stopped. ${next(workspace)}`,
    },
    {
        change: "failInstance",
        label: "Fail",
        fields: { reason: "made to fail in the emulator's window" },
        pointless: notRunning,
        done: (workspace) => `${workspace.id} has failed and is stopped. ${next(workspace)}`,
    },
    {
        change: "setGitStatus",
        label: "Leave work",
        fields: { uncommitted: ["README.md"] },
        pointless: ({ id, unsaved }) => {
            if (unsaved === undefined) {
                return `${id} has not run yet, so nobody can have worked in it.`;
            }
            return unsaved.uncommitted > 0 ? `${id} has uncommitted work already.` : undefined;
        },
        done: ({ id }) =>
            `${id} has a file that is not committed. Pulumi refuses to delete it now, unless the program says forceDestroy.`,
    },
    {
        change: "delete",
        label: "Delete",
        fields: {},
        pointless: ({ id, deleted }) => (deleted ? `${id} is deleted already.` : undefined),
        done: (workspace) => `${workspace.id} is deleted. ${next(workspace)}`,
    },
];
