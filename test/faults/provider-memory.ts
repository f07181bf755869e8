import { readdir, readFile } from "node:fs/promises";
import type { TestStack } from "../support/stack";

const SAMPLE_MS = 100;

/** The text of a file of `/proc`, whose process can end at any time. */
async function textOf(path: string): Promise<string> {
    try {
        return await readFile(path, "utf8");
    } catch {
        return "";
    }
}

/** The processes that run the provider of a stack. Only where there is a `/proc`. */
export async function providersOf(stack: TestStack): Promise<number[]> {
    const backend = `PULUMI_BACKEND_URL=${stack.automation.workspace.envVars["PULUMI_BACKEND_URL"]}`;
    const found: number[] = [];
    for (const entry of await readdir("/proc")) {
        if (!/^\d+$/.test(entry)) {
            continue;
        }
        const command = (await textOf(`/proc/${entry}/cmdline`)).split("\0");
        const isProvider = command[0]?.endsWith("node") && command[1]?.includes("dynamic-provider");
        if (isProvider && (await textOf(`/proc/${entry}/environ`)).split("\0").includes(backend)) {
            found.push(Number(entry));
        }
    }
    return found;
}

/** Looks at the memory of a stack's provider from time to time; the kernel keeps the peak in between. */
export class ProviderMemory {
    peakMegabytes = 0;
    readonly #timer: NodeJS.Timeout;

    constructor(stack: TestStack) {
        this.#timer = setInterval(() => {
            void this.#look(stack);
        }, SAMPLE_MS);
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    async #look(stack: TestStack): Promise<void> {
        for (const pid of await providersOf(stack)) {
            const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await textOf(`/proc/${pid}/status`)) ?? [];
            this.peakMegabytes = Math.max(this.peakMegabytes, Math.round(Number(kilobytes ?? 0) / 1024));
        }
    }
}
