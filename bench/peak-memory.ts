import { readdir, readFile } from "node:fs/promises";

const EVERY_MS = 200;

/** The text of a file of `/proc`, whose process can end at any time; empty where there is none. */
async function textOf(path: string): Promise<string> {
    try {
        return await readFile(path, "utf8");
    } catch {
        return "";
    }
}

async function processes(): Promise<string[]> {
    try {
        return (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
    } catch {
        // Not Linux: there is nothing to see.
        return [];
    }
}

/** The host of dynamic resources that works for this backend. */
async function findHost(backend: string): Promise<string | undefined> {
    for (const pid of await processes()) {
        const [program, script] = (await textOf(`/proc/${pid}/cmdline`)).split("\0");
        if (
            program?.endsWith("node") === true &&
            script?.includes("dynamic-provider") === true &&
            (await textOf(`/proc/${pid}/environ`)).includes(`PULUMI_BACKEND_URL=${backend}\0`)
        ) {
            return pid;
        }
    }
    return undefined;
}

/** Watches how much memory the process that runs a stack's resources takes at most. */
export class PeakMemory {
    megabytes = 0;
    readonly #timer: NodeJS.Timeout;
    #pid: string | undefined;

    constructor(backend: string) {
        this.#timer = setInterval(() => void this.#look(backend), EVERY_MS);
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    async #look(backend: string): Promise<void> {
        this.#pid ??= await findHost(backend);
        if (this.#pid === undefined) {
            return;
        }
        // The kernel keeps the peak, so nothing is missed in between.
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await textOf(`/proc/${this.#pid}/status`)) ?? [];
        this.megabytes = Math.max(this.megabytes, Number(kilobytes ?? 0) / 1024);
    }
}
