import type { EngineEvent } from "@pulumi/pulumi/automation";

export class RunResult {
    /** How many resources were created, updated, left the same… In a preview: would be. The stack itself counts. */
    readonly changes: Record<string, number>;
    /** What the engine told, event by event. */
    declare readonly events: EngineEvent[];

    constructor(
        readonly stdout: string,
        readonly stderr: string,
        events: EngineEvent[],
    ) {
        const summaries = events.flatMap(({ summaryEvent }) => summaryEvent ?? []);
        this.changes = { ...summaries.at(-1)?.resourceChanges };
        // Not among what Jest prints of a result that is not the expected one: there are hundreds.
        Object.defineProperty(this, "events", { value: events });
    }
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
