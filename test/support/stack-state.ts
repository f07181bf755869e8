import type { OutputMap } from "@pulumi/pulumi/automation";

/** The parts of the engine's state file that tests look at. */
export interface State {
    resources: StateResource[];
    pendingOperations: { type: string; resource: StateResource }[];
}

export interface StateResource {
    urn: string;
    type: string;
    id?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    initErrors?: string[];
}

interface Checkpoint {
    checkpoint: {
        // Absent before the first run.
        latest?: {
            resources?: StateResource[];
            pending_operations?: State["pendingOperations"];
        };
    };
}

export function parseState(text: string): State {
    const { checkpoint }: Checkpoint = JSON.parse(text);
    return {
        resources: checkpoint.latest?.resources ?? [],
        pendingOperations: checkpoint.latest?.pending_operations ?? [],
    };
}

/** Marks an object in the state that stands for a secret. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** What the program exported. The value of a secret is left out: it is encrypted. */
export function stackOutputs({ resources }: State): OutputMap {
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    return Object.fromEntries(
        Object.entries(stack?.outputs ?? {}).map(([name, value]) =>
            isSecret(value) ? [name, { value: undefined, secret: true }] : [name, { value, secret: false }],
        ),
    );
}

function isSecret(value: unknown): boolean {
    return typeof value === "object" && value !== null && secretMark in value;
}
