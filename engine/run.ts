import { spawn } from "node:child_process";
import { isCode } from "./errors";

export interface RunOptions {
    cwd?: string;
    env?: Record<string, string>;
    timeoutMs: number;
}

/** How much of what a failing command said is worth repeating. */
const tailLength = 2000;

/**
 * Runs a command to its end and gives back its standard output. Rejects with what the command said where it fails
 * or takes too long. It gets a process group of its own: an installer's shell starts `curl`, and that must not
 * outlive the time limit.
 */
export function run(command: string, args: string[], options: RunOptions): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd: options.cwd,
            env: { ...process.env, ...options.env },
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        });
        let stdout = "";
        let said = "";
        let late = false;
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            stdout += text;
            said = (said + text).slice(-tailLength);
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            said = (said + text).slice(-tailLength);
        });
        const timer = setTimeout(() => {
            late = true;
            endGroup(child.pid);
        }, options.timeoutMs);
        // A group of its own does not hear the terminal's Ctrl-C: pass it on, then do what it asks of us.
        const onSignal = (signal: NodeJS.Signals) => {
            endGroup(child.pid);
            process.kill(process.pid, signal);
        };
        process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
        const settle = () => {
            clearTimeout(timer);
            process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
        };
        child.on("error", (error) => {
            settle();
            reject(error);
        });
        child.on("close", (code, signal) => {
            settle();
            if (code === 0) return resolve(stdout);
            const how = late
                ? `did not finish within ${options.timeoutMs / 1000} s`
                : `ended with ${signal ?? `exit code ${code}`}`;
            reject(new Error(`${command} ${how}: ${said.trim() || "it said nothing"}`));
        });
    });
}

function endGroup(leader: number | undefined): void {
    if (leader === undefined) return;
    try {
        process.kill(-leader, "SIGTERM");
    } catch (error) {
        // Already gone, which is what is wanted.
        if (!isCode(error, "ESRCH")) throw error;
    }
}
