import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "gitpod-emulator";
import type { World } from "../engine/fixture";
import { broughtEngine } from "../support/bring-engine";
import type { Declaration } from "./declarations";
import type { KilledUp } from "./killed-up";
import { processesOf, type Role, send } from "./processes";
import { type Program, programOf } from "./programs";

/** A test that finds processes by what `/proc` tells of them. */
export const testWithProc = existsSync("/proc/self/environ") ? test : test.skip;

/** What is killed; an engine takes its provider along, if only after a moment. */
export const VICTIMS = {
    "the engine": ["engine"],
    "the provider": ["provider"],
    "the engine and the provider": ["engine", "provider"],
} as const satisfies Record<string, readonly Role[]>;
export type Victims = keyof typeof VICTIMS;

/** How late the call that the kill falls into is, so that it surely falls into it. */
const LATE_MS = 1_500;
const LOOK_MS = 20;

/** Where a kill falls. */
export interface Moment {
    rpc: string;
    when: Fault["when"];
}

/** Resolves when nothing runs any more that belongs to the stack. There is no event for the end of another's child. */
export async function whenAllEnded({ stack }: World): Promise<void> {
    const roles: Role[] = ["engine", "provider"];
    for (;;) {
        const running = await Promise.all(roles.map((role) => processesOf(stack, role)));
        if (running.flat().length === 0) {
            return;
        }
        await sleep(LOOK_MS);
    }
}

/** Runs an `up` in a process of its own. Resolves with what it said where it failed, and with nothing where it did not. */
export async function upInProcess({ stack }: World, program: Program, parallel = 1): Promise<string> {
    const { workDir, pulumiHome, secretsProvider, envVars } = stack.automation.workspace;
    const task: KilledUp = {
        engine: broughtEngine(),
        projectName: stack.project,
        stackName: stack.automation.name,
        options: {
            workDir,
            envVars,
            ...(pulumiHome === undefined ? {} : { pulumiHome }),
            ...(secretsProvider === undefined ? {} : { secretsProvider }),
        },
        program,
        parallel,
    };
    const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "killed-up.ts")], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, KILLED_UP: JSON.stringify(task) },
    });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
    });
    const [code] = await once(child, "close");
    return code === 0 ? "" : said;
}

/**
 * Begins an `up`, and kills in the middle of a call of it. Returns what the run said; `undefined` where it came to its end
 * without that call.
 */
export async function killAt(
    world: World,
    program: Program,
    { rpc, when }: Moment,
    victims: readonly Role[],
): Promise<string | undefined> {
    const { emulator, stack } = world;
    emulator.fail({ rpc, when, kind: "delay", ms: LATE_MS });
    const arrived = emulator.nextCall(rpc);
    const outcome = upInProcess(world, program);
    const ended = await Promise.race([arrived.then(() => undefined), outcome]);
    if (ended === "") {
        return undefined;
    }
    if (ended !== undefined) {
        throw new Error(`the run failed before it could be killed: ${ended}`);
    }
    // All looked up before the first is killed, since a provider does not outlive its engine for long.
    const pids = await Promise.all(victims.map((victim) => processesOf(stack, victim)));
    if (pids.some((found) => found.length === 0)) {
        throw new Error("there was nothing to kill");
    }
    for (const pid of pids.flat()) {
        send(pid, "SIGKILL");
    }
    const said = await outcome;
    await whenAllEnded(world);
    // The server goes on with a call whose caller is dead.
    await sleep(LATE_MS);
    emulator.clearFaults();
    return said;
}

/** Takes away the lock of a killed engine, brings the stack up, and does what an error asks for, as a person would. */
export async function recover(world: World, declaration: Declaration, hasLock: boolean): Promise<void> {
    const { stack } = world;
    world.declare(programOf(declaration.program()));
    if (hasLock) {
        await stack.cancel();
    }
    try {
        await stack.up();
    } catch (error) {
        const text = String(error);
        const [, adopt] = /([0-9a-f-]{36})\. To manage it here set adopt to its id/.exec(text) ?? [];
        if (adopt !== undefined) {
            world.declare(programOf(declaration.program(adopt)));
            await stack.up();
        } else if (text.includes("pulumi up --refresh")) {
            await stack.up({ refresh: true });
        } else {
            throw error;
        }
    }
    await declaration.expectSet(world);
    // Neither a refresh nor an up finds anything to do.
    await stack.up({ refresh: true, expectNoChanges: true });
    await declaration.expectSet(world);
    await whenAllEnded(world);
}
