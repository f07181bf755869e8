import { writeSync } from "node:fs";
import {
    type AggregatedResult,
    DefaultReporter,
    type ReporterOnStartOptions,
    SummaryReporter,
    type TestContext,
} from "@jest/reporters";

/**
 * Jest's own output, and then one line that a person or a script can read: `12 passed, 0 failed, 1 skipped`.
 * It runs Jest's summary itself, since Jest would put that behind every other reporter, and our line is to be the last.
 */
export default class Reporter extends DefaultReporter {
    private readonly summary: SummaryReporter;

    constructor(config: ConstructorParameters<typeof DefaultReporter>[0]) {
        super(config);
        this.summary = new SummaryReporter(config);
    }

    override onRunStart(results: AggregatedResult, options: ReporterOnStartOptions): void {
        super.onRunStart(results, options);
        this.summary.onRunStart(results, options);
    }

    override onRunComplete(contexts?: Set<TestContext>, results?: AggregatedResult): void {
        super.onRunComplete();
        if (contexts === undefined || results === undefined) return;
        this.summary.onRunComplete(contexts, results);
        // Straight to the descriptor, so that nothing that comes later overtakes it.
        writeSync(1, `${totals(results)}\n`);
    }
}

function totals(results: AggregatedResult): string {
    // A suite that could not even run has no tests that could fail, and yet it is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
    return [...counts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(", ");
}
