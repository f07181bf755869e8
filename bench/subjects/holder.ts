import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** What the state holds of one workspace. */
export interface Facts {
    id: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
}

/** The facts of the last resource of a state. */
export function factsIn(state: string): Facts {
    const { checkpoint } = JSON.parse(state) as { checkpoint: { latest: { resources: Facts[] } } };
    const last = checkpoint.latest.resources.at(-1);
    if (last === undefined) {
        throw new Error("there is no resource in the state");
    }
    return last;
}

export function environmentOf(facts: Facts): Record<string, string> {
    return { BENCH_FACTS: JSON.stringify(facts) };
}

const HOLDER = `exports.handler=()=>require(${JSON.stringify(resolve(__dirname, "holder.cjs"))})`;

/**
 * A dynamic resource that does nothing, but declares and holds what a workspace does: what the SDK and the engine, which
 * writes the whole state at each step, cost for the same facts.
 */
export class Holder extends pulumi.CustomResource {
    constructor(name: string, { inputs, outputs }: Facts) {
        const declared = Object.keys(outputs).map((key) => [key, undefined]);
        super(
            "pulumi-nodejs:dynamic/bench:Holder",
            name,
            { ...Object.fromEntries(declared), ...inputs, __provider: HOLDER },
            { deleteBeforeReplace: true },
        );
    }
}
