import { readdir, readFile } from "node:fs/promises";
import { isCode } from "../../engine/errors";
import type { TestStack } from "../support/stack";

/** What runs a command on a stack. */
export type Role = "engine" | "provider";

/** The text of a file of `/proc`, whose process can end at any time. */
export async function textOf(path: string): Promise<string> {
    try {
        return await readFile(path, "utf8");
    } catch {
        return "";
    }
}

function roleOf([program = "", script = ""]: string[]): Role | undefined {
    if (program.endsWith("node") && script.includes("dynamic-provider")) {
        return "provider";
    }
    return /(^|\/)pulumi$/.test(program) ? "engine" : undefined;
}

/** The processes of a stack, known by the folder of its state. Only where there is a `/proc`. */
export async function processesOf(stack: TestStack, role: Role): Promise<number[]> {
    const backend = `PULUMI_BACKEND_URL=${stack.automation.workspace.envVars["PULUMI_BACKEND_URL"]}`;
    const found: number[] = [];
    for (const entry of await readdir("/proc")) {
        if (!/^\d+$/.test(entry) || roleOf((await textOf(`/proc/${entry}/cmdline`)).split("\0")) !== role) {
            continue;
        }
        if ((await textOf(`/proc/${entry}/environ`)).split("\0").includes(backend)) {
            found.push(Number(entry));
        }
    }
    return found;
}

/** Sends a signal to a process; one that has just ended needs none. */
export function send(pid: number, signal: NodeJS.Signals): void {
    try {
        process.kill(pid, signal);
    } catch (error) {
        if (!isCode(error, "ESRCH")) {
            throw error;
        }
    }
}
