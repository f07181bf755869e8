import { readFile } from "node:fs/promises";
import {
    type ConfigMap,
    type DestroyOptions,
    type EngineEvent,
    LocalWorkspace,
    type OutputMap,
    type PreviewOptions,
    type PulumiFn,
    type RefreshOptions,
    type Stack,
    type UpOptions,
} from "@pulumi/pulumi/automation";
import { createSandbox, pulumiCommand, type Sandbox } from "../../engine";
import { messageOf } from "../../engine/errors";
import { broughtEngine } from "./bring-engine";
import { lastChanges, type RunResult, StackError } from "./stack-result";
import { parseState, type State, type StateResource } from "./stack-state";

export interface TestStackOptions {
    program: PulumiFn;
    /** Added to the environment of the engine, and so of the provider: `GITPOD_TOKEN` for one. */
    env?: Record<string, string>;
    config?: ConfigMap;
    project?: string;
    stack?: string;
}

/** What each run takes besides its own options. These the harness sets itself. */
type Own = "onOutput" | "onError" | "onEvent" | "color" | "program";

interface Listeners {
    onOutput(text: string): void;
    onError(text: string): void;
    onEvent(event: EngineEvent): void;
    color: "never";
}

/** A stack of an inline program on the real engine, with its state and all its files in a temporary folder. */
export class TestStack {
    private constructor(
        readonly project: string,
        private readonly stack: Stack,
        private readonly sandbox: Sandbox,
    ) {}

    static async create(options: TestStackOptions): Promise<TestStack> {
        const { program, env = {}, config, project = "test", stack: stackName = "dev" } = options;
        const command = await pulumiCommand(broughtEngine());
        const sandbox = await createSandbox();
        try {
            const workspace = sandbox.options(project);
            const stack = await LocalWorkspace.createStack(
                { projectName: project, stackName, program },
                { ...workspace, pulumiCommand: command, envVars: { ...workspace.envVars, ...env } },
            );
            if (config !== undefined) await stack.setAllConfig(config);
            return new TestStack(project, stack, sandbox);
        } catch (error) {
            await sandbox.remove();
            throw error;
        }
    }

    /** For what this class does not cover. */
    get automation(): Stack {
        return this.stack;
    }

    setProgram(program: PulumiFn): void {
        this.stack.workspace.program = program;
    }

    up(options: Omit<UpOptions, Own> = {}): Promise<RunResult & { outputs: OutputMap }> {
        return this.run("up", (listeners) => this.stack.up({ ...options, ...listeners }));
    }

    preview(options: Omit<PreviewOptions, Own> = {}): Promise<RunResult> {
        return this.run("preview", (listeners) => this.stack.preview({ ...options, ...listeners }));
    }

    refresh(options: Omit<RefreshOptions, Own> = {}): Promise<RunResult> {
        return this.run("refresh", (listeners) => this.stack.refresh({ ...options, ...listeners }));
    }

    destroy(options: Omit<DestroyOptions, Own> = {}): Promise<RunResult> {
        return this.run("destroy", (listeners) => this.stack.destroy({ ...options, ...listeners }));
    }

    /** Takes the lock away that a killed run left. */
    cancel(): Promise<void> {
        return this.stack.cancel();
    }

    /** The state as it is on the disk. `exportStack` of the Automation API would decrypt it. */
    async state(): Promise<State> {
        return parseState(await this.stateText());
    }

    /** To look for what must not be in it. */
    stateText(): Promise<string> {
        return readFile(this.sandbox.stateFile(this.project, this.stack.name), "utf8");
    }

    /** `undefined` where the state has none of that name. */
    async resource(name: string): Promise<StateResource | undefined> {
        const { resources } = await this.state();
        return resources.find((resource) => resource.urn.endsWith(`::${name}`));
    }

    /** Removes everything of this stack from the disk. What it declared is the emulator's, and ends with that. */
    close(): Promise<void> {
        return this.sandbox.remove();
    }

    private async run<T extends { stdout: string; stderr: string }>(
        what: string,
        operation: (listeners: Listeners) => Promise<T>,
    ): Promise<T & RunResult> {
        const events: EngineEvent[] = [];
        let output = "";
        const say = (text: string) => {
            output += text;
        };
        try {
            const result = await operation({
                onOutput: say,
                onError: say,
                onEvent: (event) => void events.push(event),
                color: "never",
            });
            return { ...result, events, changes: lastChanges(events) };
        } catch (error) {
            throw new StackError(what, output === "" ? messageOf(error) : output, events, error);
        }
    }
}
