import type { Code } from "@connectrpc/connect";
import { codeFromString } from "@connectrpc/connect/protocol-connect";
import { names } from "./call-log";

export type Fault = {
    /** The RPC's name; where two services share it, `TeamsService/GetTeam` or the full name tells them apart. */
    rpc: string;
    /** Before or after the work. A fault after the work waits for a call whose work succeeds. */
    when: "before" | "after";
    /** How many matching calls pass first. Default 0. */
    skip?: number;
    /** How many calls it hits. Default 1. */
    times?: number;
} & (
    | { kind: "error"; code: string; message?: string }
    | { kind: "drop" }
    | { kind: "delay"; ms: number }
    | { kind: "noop" }
    | { kind: "http"; status: number; body: string; contentType?: string; headers?: Record<string, string> }
);

export function codeNamed(name: string): Code {
    const code = codeFromString(name);
    if (code === undefined) {
        throw new Error(`there is no code "${name}"; codes are written like "not_found"`);
    }
    return code;
}

interface Pending {
    fault: Fault;
    skip: number;
    times: number;
}

/** Faults that have been asked for and are yet to happen. */
export class Faults {
    private pending: Pending[] = [];

    /** Refuses a code that does not exist here, where the mistake is, and not in the call that it would hit. */
    add(fault: Fault): void {
        if (fault.kind === "error") {
            codeNamed(fault.code);
        }
        this.pending.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
    }

    clear(): void {
        this.pending = [];
    }

    /** The fault for a call that has just come in. A "noop" is one of these: it takes the place of the work. */
    takeBefore(service: string, method: string): Fault | undefined {
        return this.take(service, method, (fault) => fault.when === "before" || fault.kind === "noop");
    }

    takeAfter(service: string, method: string): Fault | undefined {
        return this.take(service, method, (fault) => fault.when === "after" && fault.kind !== "noop");
    }

    private take(service: string, method: string, fits: (fault: Fault) => boolean): Fault | undefined {
        for (const entry of this.pending) {
            if (!fits(entry.fault) || !names(entry.fault.rpc, service, method)) {
                continue;
            }
            if (entry.skip > 0) {
                entry.skip -= 1;
                continue;
            }
            entry.times -= 1;
            this.pending = this.pending.filter((other) => other.times > 0);
            return entry.fault;
        }
        return undefined;
    }
}
