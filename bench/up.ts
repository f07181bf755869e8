/**
 * One `up` in a process of its own, `up.ts <subject> <count>`: of several inline programs in one process, one can wait for
 * another to end before it begins.
 */
import { ensureEngine } from "../engine";
import { NO_LIMITS, program, type Subject } from "./life";
import { BenchStack } from "./stack";

async function up(subject: Subject, count: number): Promise<void> {
    const engine = await ensureEngine((line) => console.error(line));
    const stack = await BenchStack.create(engine, program(subject, count), NO_LIMITS);
    try {
        await stack.run("up", count);
    } finally {
        await stack.close();
    }
}

const [subject, count] = process.argv.slice(2);
up(subject as Subject, Number(count)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
});
