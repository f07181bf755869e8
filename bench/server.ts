import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Call } from "gitpod-emulator";

const COMMAND = resolve(__dirname, "../emulator/bin/gitpod-emulator.js");

/** The emulator as a process of its own, so that its work is not on the account of the program. */
export class Server {
    private constructor(
        private readonly child: ChildProcess,
        readonly url: string,
        readonly token: string,
        readonly organizationId: string,
    ) {}

    static async start(options: string[]): Promise<Server> {
        const token = "bench-token";
        const args = [COMMAND, "--token", token, "--parallel-limit", "1000", ...options];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
        for await (const line of createInterface({ input: child.stdout })) {
            const [url] = /http:\S+/.exec(line) ?? [];
            if (url !== undefined) {
                const { id } = (await control(url, "POST", "teams", { name: "Acme" })) as { id: string };
                return new Server(child, url, token, id);
            }
        }
        throw new Error("the emulator did not start; has it been built?");
    }

    async calls(): Promise<Call[]> {
        return (await control(this.url, "GET", "calls")) as Call[];
    }

    async clearCalls(): Promise<void> {
        await control(this.url, "DELETE", "calls");
    }

    async close(): Promise<void> {
        const ended = once(this.child, "exit");
        this.child.kill("SIGTERM");
        await ended;
    }

    /** What the programs and the providers take from the environment. */
    get environment(): Record<string, string> {
        return {
            GITPOD_HOST: this.url,
            GITPOD_TOKEN: this.token,
            GITPOD_ORGANIZATION_ID: this.organizationId,
        };
    }
}

async function control(url: string, method: string, operation: string, body?: object): Promise<unknown> {
    const response = await fetch(`${url}/_emulator/${operation}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
        throw new Error(`${method} ${operation}: ${response.status}`);
    }
    return response.json();
}
