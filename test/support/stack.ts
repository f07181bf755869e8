import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
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
import { dropLeftListeners, notingListeners } from "./left-listeners";
import { RunResult, StackError } from "./stack-result";
import { parseState, type State, type StateResource, stackOutputs } from "./stack-state";

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
    /**
     * The stack, without what the SDK asks the CLI after each run: the history and, twice, the outputs. That would be
     * two thirds of the time of a short `up`, for nothing that is not in the events and the state.
     */
    private readonly brief: Stack;
    private readonly heard: string[] = [];

    private constructor(
        readonly project: string,
        private readonly stack: Stack,
        private readonly sandbox: Sandbox,
    ) {
        const less = { info: async () => undefined, outputs: async () => ({}) };
        this.brief = Object.assign<Stack, typeof less>(Object.create(stack), less);
    }

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

    /** The outputs are those in the state, so a secret one has no value here: `automation.outputs()` decrypts. */
    async up(options: Omit<UpOptions, Own> = {}): Promise<RunResult & { outputs: OutputMap }> {
        const result = await this.run("up", (listeners) => this.brief.up({ ...options, ...listeners }));
        return Object.assign(result, { outputs: stackOutputs(await this.state()) });
    }

    preview(options: Omit<PreviewOptions, Own> = {}): Promise<RunResult> {
        return this.run("preview", (listeners) => this.brief.preview({ ...options, ...listeners }));
    }

    refresh(options: Omit<RefreshOptions, Own> = {}): Promise<RunResult> {
        return this.run("refresh", (listeners) => this.brief.refresh({ ...options, ...listeners }));
    }

    destroy(options: Omit<DestroyOptions, Own> = {}): Promise<RunResult> {
        return this.run("destroy", (listeners) => this.brief.destroy({ ...options, ...listeners }));
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

    /** Puts a state in the place of the present one, as if other runs had left it. */
    async replaceState(text: string): Promise<void> {
        await writeFile(this.sandbox.stateFile(this.project, this.stack.name), text);
    }

    /** `undefined` where the state has none of that name. */
    async resource(name: string): Promise<StateResource | undefined> {
        const { resources } = await this.state();
        return resources.find((resource) => resource.urn.endsWith(`::${name}`));
    }

    /** All that the engine has said in its runs, its events too: to look for what must not be in it. */
    said(): string {
        return this.heard.join("\n");
    }

    /** Every file of the backend, with the state's backups and history: path and text. */
    async stored(): Promise<[path: string, text: string][]> {
        const folder = fileURLToPath(this.stack.workspace.envVars["PULUMI_BACKEND_URL"] ?? "");
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile());
        return Promise.all(
            files.map(async ({ parentPath, name }): Promise<[string, string]> => {
                const path = join(parentPath, name);
                return [relative(folder, path), await readFile(path, "utf8")];
            }),
        );
    }

    /** Removes everything of this stack from the disk. What it declared is the emulator's, and ends with that. */
    close(): Promise<void> {
        return this.sandbox.remove();
    }

    private async run(
        what: string,
        operation: (listeners: Listeners) => Promise<{ stdout: string; stderr: string }>,
    ): Promise<RunResult> {
        const events: EngineEvent[] = [];
        let output = "";
        const say = (text: string) => {
            output += text;
        };
        dropLeftListeners();
        try {
            const { stdout, stderr } = await notingListeners(() =>
                operation({
                    onOutput: say,
                    onError: say,
                    onEvent: (event) => void events.push(event),
                    color: "never",
                }),
            );
            return new RunResult(stdout, stderr, events);
        } catch (error) {
            this.heard.push(messageOf(error));
            throw new StackError(what, output === "" ? messageOf(error) : output, events, error);
        } finally {
            this.heard.push(output, JSON.stringify(events.filter((event) => !isAnswer(event))));
        }
    }
}

/** The SDK writes each answer of the engine into its debug log, with the secret outputs of every provider in clear. */
function isAnswer({ diagnosticEvent }: EngineEvent): boolean {
    return diagnosticEvent?.prefix === "debug: " && diagnosticEvent.message.includes(" RPC finished: ");
}
