import type { EngineEvent } from "@pulumi/pulumi/automation";

export interface RunResult {
    stdout: string;
    stderr: string;
    /** How many resources were created, updated, left the same… In a preview: would be. The stack itself counts. */
    changes: Record<string, number>;
    events: EngineEvent[];
}

/** A run that failed. Its message carries all that the engine said, so that a failing test shows it. */
export class StackError extends Error {
    constructor(
        what: string,
        readonly output: string,
        readonly events: EngineEvent[],
        cause: unknown,
    ) {
        super(`pulumi ${what} failed:\n${output}`, { cause });
    }
}

export function lastChanges(events: EngineEvent[]): Record<string, number> {
    const summaries = events.flatMap(({ summaryEvent }) =>
        summaryEvent === undefined ? [] : [summaryEvent],
    );
    return { ...summaries.at(-1)?.resourceChanges };
}
