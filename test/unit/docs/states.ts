import type { Attempt, Desired } from "../../../provider/src/plugin/workspace/reconcile";
import { reconcile } from "../../../provider/src/plugin/workspace/reconcile";
import { PHASES, type Phase, type WorkspaceInstance } from "../../../provider/src/wire/domain";

/** A start that has made a new instance, and none at all. */
const STARTED: Attempt = { kind: "started" };
const NONE: Attempt = { kind: "none" };

function instanceIn(phase: Phase): WorkspaceInstance {
    return { id: "run-1", phase, ports: [], touched: false };
}

function words(desired: Desired, instance: WorkspaceInstance | undefined, attempt: Attempt): string {
    const action = reconcile(desired, instance, attempt);
    switch (action.kind) {
        case "done":
            return "nothing";
        case "wait":
            return `wait for ${action.until}`;
        case "fail":
            return "error, saved";
        default:
            return action.kind;
    }
}

/** What is done from each phase, as `docs/guides/running-state.md` shows it: made of the function that decides it. */
export function statesMarkdown(): string {
    const phases = [undefined, ...PHASES.filter((phase) => phase !== "UNSPECIFIED"), "UNSPECIFIED" as const];
    const rows = phases.map((phase) => {
        const instance = phase === undefined ? undefined : instanceIn(phase);
        const cells = [
            words("running", instance, NONE),
            words("running", instance, STARTED),
            words("stopped", instance, NONE),
            words("unmanaged", instance, NONE),
        ];
        return `| ${[phase ?? "(never ran)", ...cells].join(" | ")} |`;
    });
    return [
        "| phase | `running: true` | the same, once it was started in this run | `running: false` | left out |",
        "|---|---|---|---|---|",
        ...rows,
        "",
        "```mermaid",
        "stateDiagram-v2",
        ...arrows(phases).map((arrow) => `    ${arrow}`),
        "```",
    ].join("\n");
}

/** Only what the provider itself causes; all else a workspace does alone. */
function arrows(phases: (Phase | undefined)[]): string[] {
    const own = phases.flatMap((phase) => {
        const instance = phase === undefined ? undefined : instanceIn(phase);
        const from = phase ?? "NEVER_RAN";
        return [
            ...(words("running", instance, NONE) === "start"
                ? [`${from} --> PREPARING: start, if running is true`]
                : []),
            ...(words("stopped", instance, NONE) === "stop"
                ? [`${from} --> STOPPING: stop, if running is false`]
                : []),
        ];
    });
    return [
        "[*] --> PREPARING: create",
        ...own,
        "STOPPING --> STOPPED",
        "STOPPED --> [*]: delete, if nothing is unsaved",
    ];
}
