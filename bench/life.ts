import { resolve } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { Call } from "gitpod-emulator";
import * as gitpod from "pulumi-gitpod";
import type { Engine } from "../engine";
import { Server } from "./server";
import { BenchStack, type Ran } from "./stack";
import { AfternoonWorkspace } from "./subjects/afternoon";
import { Nothing } from "./subjects/floor";
import { environmentOf, type Facts, Holder } from "./subjects/holder";

/**
 * What is measured: this package, the least that it could cost, the least for somebody who holds the same facts, and what a
 * user would write without it.
 */
export type Subject = "ours" | "floor" | "holder" | "afternoon";

/** The operations of a life, in their order. */
export const STAGES = ["up", "no-op", "refresh", "destroy"] as const;
export type Stage = (typeof STAGES)[number];

export interface Cost extends Ran {
    calls: Call[];
    /** As it was on the disk afterwards. */
    state: string;
}

export type Life = Record<Stage, Cost>;

const NAME = (index: number): string => `workspace-${String(index + 1).padStart(3, "0")}`;
const CONTEXT = (index: number): string => `https://github.com/acme/shop/tree/${NAME(index)}`;

const NO_FACTS: Facts = { id: "none", inputs: {}, outputs: {} };

const DECLARE: Record<Subject, (index: number, facts: Facts) => void> = {
    ours: (index) => {
        new gitpod.Workspace(NAME(index), { contextUrl: CONTEXT(index), running: true });
    },
    floor: (index) => {
        new Nothing(NAME(index));
    },
    holder: (index, facts) => {
        new Holder(NAME(index), facts);
    },
    afternoon: (index) => {
        new AfternoonWorkspace(NAME(index), { contextUrl: CONTEXT(index) });
    },
};

/** @param facts what each `holder` holds */
export function program(subject: Subject, count: number, facts = NO_FACTS): PulumiFn {
    return async () => {
        for (let index = 0; index < count; index++) {
            DECLARE[subject](index, facts);
        }
    };
}

/** The provider without its paces, for a server without limits. */
export const NO_LIMITS = { NODE_OPTIONS: `--require ${resolve(__dirname, "no-limits.cjs")}` };

/** The life of a stack of so many, on a server without limits whose phases take no time. */
export async function live(engine: Engine, subject: Subject, count: number, facts = NO_FACTS): Promise<Life> {
    const server = await Server.start(["--no-limits", "--start-ms", "0", "--stop-ms", "0"]);
    try {
        // The same for all, so that they start from the same process.
        const env = { ...server.environment, ...NO_LIMITS, ...environmentOf(facts) };
        const stack = await BenchStack.create(engine, program(subject, count, facts), env);
        try {
            const cost = async (operation: "up" | "refresh" | "destroy"): Promise<Cost> => {
                await server.clearCalls();
                const ran = await stack.run(operation, PARALLEL);
                return { ...ran, calls: await server.calls(), state: await stack.state() };
            };
            return {
                up: await cost("up"),
                "no-op": await cost("up"),
                refresh: await cost("refresh"),
                destroy: await cost("destroy"),
            };
        } finally {
            await stack.close();
        }
    } finally {
        await server.close();
    }
}

/** How many resources the engine works on at once: more, and the machine is what is measured. */
export const PARALLEL = 100;

const CREATES = new Set(["CreateAndStartWorkspace", "StartWorkspace", "StopWorkspace", "DeleteWorkspace"]);

/** How many of the calls only look. */
export function readsOf(calls: readonly Call[]): Call[] {
    return calls.filter(({ rpc }) => !CREATES.has(rpc));
}
