/** `npm run bench -- [name…]`: see README.md beside this file. */
import { writeFile } from "node:fs/promises";
import { cpus, platform } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { ensureEngine } from "../engine";
import type { Case, Context, Report } from "./case";
import { growth } from "./cases/growth";
import { latency } from "./cases/latency";
import { load } from "./cases/load";
import { pacing } from "./cases/pacing";
import { reads } from "./cases/reads";
import { state } from "./cases/state";
import { measuresTable, renderTable } from "./table";

const CASES: Case[] = [load, state, pacing, latency, reads, growth];

interface Flags {
    json?: string;
    repeats: number;
    list?: boolean;
}

function wholeNumber(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) {
        throw new InvalidArgumentError("a whole number from 1 on is needed");
    }
    return value;
}

function chosen(names: string[]): Case[] {
    const unknown = names.filter((name) => !CASES.some((known) => known.name === name));
    if (unknown.length > 0) {
        const known = CASES.map(({ name }) => name).join(", ");
        throw new Error(`there is no bench ${unknown.join(", ")}; there are ${known}`);
    }
    return names.length === 0 ? CASES : CASES.filter(({ name }) => names.includes(name));
}

const machine = (): string =>
    `${cpus().length} cores, Node ${process.versions.node}, ${platform()}, ${new Date().toISOString().slice(0, 10)}`;

async function timed(
    { name, about, run }: Case,
    context: Context,
): Promise<{ report: Report; took: number }> {
    context.say(`${name}: ${about}`);
    const from = performance.now();
    const report = await run(context);
    return { report, took: Math.round((performance.now() - from) / 1000) };
}

async function bench(names: string[], flags: Flags): Promise<void> {
    // Those of the loader of this TypeScript, in which the SDK's many stacks would be most of what a program costs.
    process.setSourceMapsEnabled(false);
    const cases = chosen(names);
    if (flags.list === true) {
        console.log(cases.map(({ name, about }) => `${name.padEnd(10)}${about}`).join("\n"));
        return;
    }
    const say = (line: string): void => console.error(line);
    const context: Context = { engine: await ensureEngine(say), repeats: flags.repeats, say };
    const reports: Record<string, Report> = {};
    const begun = new Map(cases.filter(({ isIdle }) => isIdle).map((one) => [one.name, timed(one, context)]));
    for (const one of cases) {
        const { name } = one;
        const { report, took } = await (begun.get(name) ?? timed(one, context));
        reports[name] = report;
        const tables = [measuresTable(`${name} (${took} s)`, report.measures), ...(report.tables ?? [])];
        console.log(tables.map((table) => `${renderTable(table)}\n`).join("\n"));
    }
    console.log(machine());
    if (flags.json !== undefined) {
        await writeFile(flags.json, `${JSON.stringify({ machine: machine(), reports }, undefined, 2)}\n`);
    }
}

new Command("bench")
    .description("Measures what the provider costs, beside the least that it could")
    .argument("[names...]", "which benches to run; all where none is named")
    .option("--json <file>", "writes the results as JSON, too")
    .option("--repeats <count>", "how often what is noisy is repeated", wholeNumber, 3)
    .option("--list", "says which benches there are")
    .action(bench)
    .parseAsync()
    .catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    });
