import type { Call, Fault } from "gitpod-emulator";
import { TeamsService } from "../../provider/src/wire/gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "../../provider/src/wire/gen/gitpod/experimental/v1/user_pb";
import { WorkspacesService } from "../../provider/src/wire/gen/gitpod/experimental/v1/workspaces_pb";
import { OrganizationService } from "../../provider/src/wire/gen/gitpod/v1/organization_pb";
import { WorkspaceService } from "../../provider/src/wire/gen/gitpod/v1/workspace_pb";
import { codesOf } from "./server-codes";

/** Every interval of the provider, and every window of the emulator's limits, as a part of the real one. */
export const TIME_SCALE = 0.01;

/** Longer than any call of the provider may take, two minutes. */
export const TOO_LATE_MS = 132_000;

/** One thing that goes wrong in an operation. */
export interface Cell {
    name: string;
    /** What the emulator has to do for it: more than one fault where more than one call is hit. */
    faults: Fault[];
}

/** The same in each run: every cell, or those that a run of a minute has the time for. */
export type Part = "all" | "pinned";

const SERVICES = [WorkspacesService, TeamsService, UserService, OrganizationService, WorkspaceService];
const EVERY_RPC = SERVICES.flatMap(({ typeName, methods }) =>
    methods.map(({ name }) => `${typeName}/${name}`),
);

/** Every fault at every call of a recorded run: a call that is new in the provider comes in by itself. */
export function cellsOf(recorded: readonly Call[], part: Part): Cell[] {
    const rpcs = recorded.map(rpcOf);
    return recorded.flatMap((call, index) => {
        const rpc = rpcOf(call);
        const before = rpcs.slice(0, index);
        const occurrence = timesIn(before, rpc);
        const at = `${rpc.replace(/^gitpod\./, "")} #${occurrence + 1}`;
        const once = faultsAt(call).map((fault) => ({
            name: `${at}: ${nameOf(fault)}`,
            faults: [{ ...fault, skip: occurrence }],
        }));
        if (part === "pinned") {
            return once;
        }
        const always = faultsAt(call).map((fault) => ({
            name: `${at} and later: ${nameOf(fault)}`,
            faults: [{ ...fault, skip: occurrence, times: Number.POSITIVE_INFINITY }],
        }));
        return [...once, ...always, outage(at, rpc, before, "before"), outage(at, rpc, before, "after")];
    });
}

function rpcOf({ service, rpc }: Call): string {
    return `${service}/${rpc}`;
}

function timesIn(rpcs: string[], rpc: string): number {
    return rpcs.filter((other) => other === rpc).length;
}

function faultsAt(call: Call): Fault[] {
    const rpc = rpcOf(call);
    const both = ["before", "after"] as const;
    return [
        ...both.flatMap((when) =>
            codesOf(call, when).map((code): Fault => ({ rpc, when, kind: "error", code })),
        ),
        ...both.map((when): Fault => ({ rpc, when, kind: "drop" })),
        ...both.map((when): Fault => ({ rpc, when, kind: "delay", ms: TOO_LATE_MS * TIME_SCALE })),
        { rpc, when: "before", kind: "noop" },
    ];
}

/** From this call on nothing gets through any more; its own work is still done, or is not. */
function outage(at: string, rpc: string, before: string[], when: "before" | "after"): Cell {
    const drop = { when: "before", kind: "drop", times: Number.POSITIVE_INFINITY } as const;
    const faults = EVERY_RPC.map((other): Fault => ({ ...drop, rpc: other, skip: timesIn(before, other) }));
    const first: Fault = { rpc, when: "after", kind: "drop", skip: timesIn(before, rpc) };
    return {
        name: `nothing gets through from ${at} on, ${when} its work`,
        faults:
            when === "before"
                ? faults
                : [first, ...faults.map((fault) => (fault.rpc === rpc ? later(fault) : fault))],
    };
}

function later(fault: Fault): Fault {
    return { ...fault, skip: (fault.skip ?? 0) + 1 };
}

function nameOf(fault: Fault): string {
    const what = fault.kind === "error" ? fault.code : fault.kind;
    return fault.kind === "noop" ? what : `${what} ${fault.when}`;
}
