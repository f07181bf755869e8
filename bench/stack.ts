import { readFile } from "node:fs/promises";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { createSandbox, type Engine, pulumiCommand, type Sandbox } from "../engine";
import { PeakMemory } from "./peak-memory";

const PROJECT = "bench";
const STACK = "dev";

export type Operation = "up" | "refresh" | "destroy";

export interface Ran {
    seconds: number;
    /** Of the process that runs the resources; 0 where the system does not tell. */
    megabytes: number;
}

/** A stack on the real engine, all of it in a temporary folder, whose operations are timed. */
export class BenchStack {
    private constructor(
        private readonly stack: Stack,
        private readonly sandbox: Sandbox,
        private readonly backend: string,
    ) {}

    static async create(
        engine: Engine,
        program: PulumiFn,
        env: Record<string, string> = {},
    ): Promise<BenchStack> {
        const sandbox = await createSandbox();
        const { envVars, ...options } = sandbox.options(PROJECT);
        const stack = await LocalWorkspace.createStack(
            { projectName: PROJECT, stackName: STACK, program },
            { ...options, pulumiCommand: await pulumiCommand(engine), envVars: { ...envVars, ...env } },
        );
        // The SDK asks for the history and the outputs after each run: commands of their own, the same for everybody.
        const less = { info: async () => undefined, outputs: async () => ({}) };
        const brief = Object.assign<Stack, typeof less>(Object.create(stack), less);
        return new BenchStack(brief, sandbox, envVars["PULUMI_BACKEND_URL"] ?? "");
    }

    setProgram(program: PulumiFn): void {
        this.stack.workspace.program = program;
    }

    async run(operation: Operation, parallel: number): Promise<Ran> {
        const memory = new PeakMemory(this.backend);
        const from = performance.now();
        try {
            await this.stack[operation]({ parallel, suppressProgress: true });
            return { seconds: (performance.now() - from) / 1000, megabytes: memory.megabytes };
        } finally {
            memory.stop();
        }
    }

    /** The state as it is on the disk. */
    state(): Promise<string> {
        return readFile(this.sandbox.stateFile(PROJECT, STACK), "utf8");
    }

    close(): Promise<void> {
        return this.sandbox.remove();
    }
}
