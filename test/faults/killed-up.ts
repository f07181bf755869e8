/**
 * An `up` in a process of its own, to be killed. An inline program outlives its engine, and what it still sends gets into the
 * next run of the same process; that of a person who runs `pulumi up` ends with it.
 */
import { LocalWorkspace, type LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import { type Engine, pulumiCommand } from "../../engine";
import { type Program, programOf } from "./programs";

export interface KilledUp {
    engine: Engine;
    projectName: string;
    stackName: string;
    options: LocalWorkspaceOptions;
    program: Program;
    parallel: number;
}

async function up({ engine, projectName, stackName, options, program, parallel }: KilledUp): Promise<void> {
    const stack = await LocalWorkspace.selectStack(
        { projectName, stackName, program: programOf(program) },
        { ...options, pulumiCommand: await pulumiCommand(engine) },
    );
    await stack.up({ color: "never", parallel });
}

up(JSON.parse(process.env["KILLED_UP"] ?? "{}") as KilledUp).then(
    () => process.exit(0),
    (error: unknown) => {
        console.log(String(error));
        process.exit(1);
    },
);
