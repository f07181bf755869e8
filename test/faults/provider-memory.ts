import type { TestStack } from "../support/stack";
import { processesOf, textOf } from "./processes";

const SAMPLE_MS = 100;

/** The processes that run the provider of a stack. Only where there is a `/proc`. */
export function providersOf(stack: TestStack): Promise<number[]> {
    return processesOf(stack, "provider");
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
