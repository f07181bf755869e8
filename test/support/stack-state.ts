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
