import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { createSandbox, type Sandbox } from "../../engine";
import { broughtEngine } from "./bring-engine";

const NODE_HOST = "pulumi-language-nodejs";
const standIn = join(__dirname, "node-host");

/** What a command of a shell came to; `output` is all that it said, in the order in which it said it. */
export interface Said {
    code: number | null;
    output: string;
}

/**
 * A folder as a user has it, with a program in it, for the plain `pulumi` from a shell. It needs a Node language host; where
 * there is none a stand-in runs the program.
 */
export class Project {
    private constructor(
        private readonly sandbox: Sandbox,
        private readonly env: Record<string, string>,
    ) {}

    static async create(env: Record<string, string> = {}): Promise<Project> {
        const sandbox = await createSandbox();
        const { envVars } = sandbox.options("");
        const { root } = broughtEngine();
        const path = [...(root === undefined ? [] : [join(root, "bin")]), envVars["PATH"] ?? ""].join(
            delimiter,
        );
        const hasHost = path.split(delimiter).some((folder) => existsSync(join(folder, NODE_HOST)));
        const PATH = hasHost ? path : [path, standIn].join(delimiter);
        return new Project(sandbox, { ...envVars, ...env, PATH });
    }

    get folder(): string {
        return this.sandbox.workDir;
    }

    path(name: string): string {
        return join(this.folder, name);
    }

    /** Writes a file, and the folders that it is in. */
    async write(name: string, text: string, mode = 0o644): Promise<void> {
        await mkdir(dirname(this.path(name)), { recursive: true });
        await writeFile(this.path(name), text);
        await chmod(this.path(name), mode);
    }

    /** Runs a script as CI does: in bash, which ends at the first command that fails. */
    run(script: string, env: Record<string, string> = {}): Promise<Said> {
        return this.start(script, env).ended;
    }

    start(script: string, env: Record<string, string> = {}): Command {
        return new Command(script, this.folder, { ...process.env, ...this.env, ...env });
    }

    close(): Promise<void> {
        return this.sandbox.remove();
    }
}

/** A script under way. */
export class Command {
    readonly ended: Promise<Said>;
    readonly #child: ChildProcess;
    readonly #heard = new EventEmitter();
    #output = "";

    constructor(script: string, cwd: string, env: NodeJS.ProcessEnv) {
        this.#child = spawn("bash", ["-e", "-c", script], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        for (const stream of [this.#child.stdout, this.#child.stderr]) {
            stream?.setEncoding("utf8").on("data", (text: string) => {
                this.#output += text;
                this.#heard.emit("more");
            });
        }
        this.ended = this.#end();
    }

    /** Resolves when it has said this; rejects when it ends without. */
    async says(pattern: RegExp): Promise<void> {
        while (!pattern.test(this.#output)) {
            const ended = await Promise.race([once(this.#heard, "more").then(() => false), this.ended]);
            if (ended !== false) {
                throw new Error(`it never said ${pattern}:\n${this.#output}`);
            }
        }
    }

    kill(signal: NodeJS.Signals): void {
        this.#child.kill(signal);
    }

    async #end(): Promise<Said> {
        const [code] = (await once(this.#child, "close")) as [number | null];
        return { code, output: this.#output };
    }
}
