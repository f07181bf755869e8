import { writeSync } from "node:fs";
import type { AggregatedResult, Reporter, TestContext } from "@jest/reporters";

/** Ends a run with one line that a person or a script can read: `12 passed, 0 failed, 1 skipped`. */
export default class LastLine implements Pick<Reporter, "onRunComplete"> {
    onRunComplete(_: Set<TestContext>, results: AggregatedResult): void {
        // Jest still has things to say when it has told its reporters that it is done.
        process.once("exit", () => writeSync(1, `${totals(results)}\n`));
    }
}

function totals(results: AggregatedResult): string {
    // A suite that could not even run has no tests that could fail, and yet it is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
    return [...counts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(", ");
}
