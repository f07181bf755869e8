import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "gitpod-emulator";
import { CONTEXT_URL, World } from "../engine/fixture";
import type { Declaration } from "./declarations";
import { recover, testWithProc, upInProcess, whenAllEnded } from "./kill";
import { processesOf, type Role, send } from "./processes";

/** Twice what the server takes at once: the second half waits for its turn. */
const COUNT = 6;
const AT_ONCE = 3;
/** Slower than elsewhere: while it waits for its turn, the second half can be killed on a busy machine too. */
const TIME_SCALE = 0.15;
/** In which the server takes the first half. */
const WINDOW_MS = 10_000 * TIME_SCALE;
/** In which the engine has noted that it has begun all of them. */
const ANSWER_MS = WINDOW_MS / 2;
const LOOK_MS = 20;

const SIX: Declaration = {
    program: () => ({ kind: "fleet", args: { contextUrl: CONTEXT_URL, running: true }, count: COUNT }),
    expectSet: (at) => {
        expect(at.alive().map(({ phase }) => phase)).toEqual(Array(COUNT).fill("RUNNING"));
    },
};

let world: World;
beforeEach(async () => {
    world = await World.create({ env: { PULUMI_GITPOD_TIME_SCALE: String(TIME_SCALE) } });
});
afterEach(() => world.close());

/** How many operations the engine has noted as begun. */
async function pending(): Promise<number> {
    // Not parsed: it can be half written.
    return [...(await world.stack.stateText()).matchAll(/"type":\s*"creating"/g)].length;
}

/** Begins, and resolves when the first half has been sent, and before any is answered; `said` is what the run comes to say. */
async function beginWithAQueue(): Promise<{ said: Promise<string> }> {
    const answer: Fault = { rpc: "CreateAndStartWorkspace", when: "after", kind: "delay", ms: ANSWER_MS };
    world.emulator.fail({ ...answer, times: AT_ONCE });
    const said = upInProcess(world, SIX.program(), COUNT);
    while (world.calls("CreateAndStartWorkspace") < AT_ONCE) {
        await world.emulator.nextCall("CreateAndStartWorkspace");
    }
    // An engine that is killed while it writes its state leaves an empty file, which is nothing that a provider can mend.
    while ((await pending()) < COUNT) {
        await sleep(LOOK_MS);
    }
    return { said };
}

async function sendTo(role: Role, signal: NodeJS.Signals): Promise<void> {
    for (const pid of await processesOf(world.stack, role)) {
        send(pid, signal);
    }
}

/** How many have been made, deleted ones too: a refused create is no second one. */
const made = (): number => world.emulator.workspaces().length;

/** What was not made when the run ended is never made, and the next up makes just that. */
async function expectNoneLater(hasLock: boolean): Promise<void> {
    await whenAllEnded(world);
    const before = made();
    expect(before).toBeLessThan(COUNT);
    await sleep(2 * WINDOW_MS);
    expect(made()).toBe(before);
    await recover(world, SIX, hasLock);
    expect(made()).toBe(COUNT);
}

testWithProc(
    "creates that wait when the engine is killed are never sent, and its provider ends too",
    async () => {
        const { said } = await beginWithAQueue();
        await sendTo("engine", "SIGKILL");
        expect(await said).not.toBe("");
        await expectNoneLater(true);
    },
);

testWithProc("creates that wait when the provider is killed are never sent", async () => {
    const { said } = await beginWithAQueue();
    await sendTo("provider", "SIGKILL");
    expect(await said).not.toBe("");
    await expectNoneLater(false);
});

testWithProc("Ctrl-C once: what is under way is finished and saved", async () => {
    const { said } = await beginWithAQueue();
    await sendTo("engine", "SIGINT");
    expect(await said).toMatch(/cancel/i);
    const { resources } = await world.stack.state();
    expect(resources.filter(({ type }) => type.endsWith("gitpod:Workspace"))).toHaveLength(made());
    await recover(world, SIX, false);
    expect(made()).toBe(COUNT);
});

testWithProc("Ctrl-C twice: the run ends at once, and the next up knows what was made", async () => {
    const { said } = await beginWithAQueue();
    await sendTo("engine", "SIGINT");
    await sendTo("engine", "SIGINT");
    expect(await said).not.toBe("");
    await expectNoneLater(false);
});
