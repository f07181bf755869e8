import { setTimeout as sleep } from "node:timers/promises";
import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, TIME_SCALE, World } from "../engine/fixture";
import { outliveEngines, recover, testWithProc, whenAllEnded } from "./kill";
import { processesOf, type Role, send } from "./processes";

outliveEngines();

/** Twice what the server takes at once: the second half waits for its turn. */
const COUNT = 6;
const AT_ONCE = 3;
/** In which the server takes them. */
const WINDOW_MS = 10_000 * TIME_SCALE;

const SIX = {
    declare: (at: World): void =>
        at.declare(async () => {
            for (let index = 0; index < COUNT; index++) {
                new gitpod.Workspace(`workspace-${index}`, { contextUrl: CONTEXT_URL, running: true });
            }
        }),
    expectSet: (at: World): void => {
        expect(at.alive().map(({ phase }) => phase)).toEqual(Array(COUNT).fill("RUNNING"));
    },
};

let world: World;
beforeEach(async () => {
    world = await World.create();
    SIX.declare(world);
});
afterEach(() => world.close());

/** Begins, and resolves when the first half has been sent; `said` is what the run comes to say. */
async function beginWithAQueue(): Promise<{ said: Promise<string> }> {
    const said = world.stack.up({ parallel: COUNT }).then(
        () => "",
        (error: unknown) => String(error),
    );
    for (let sent = 0; sent < AT_ONCE; sent++) {
        await world.emulator.nextCall("CreateAndStartWorkspace");
    }
    return { said };
}

async function sendTo(role: Role, signal: NodeJS.Signals): Promise<void> {
    for (const pid of await processesOf(world.stack, role)) {
        send(pid, signal);
    }
}

testWithProc(
    "creates that still wait when the engine is killed are never sent, and its provider ends too",
    async () => {
        const { said } = await beginWithAQueue();
        await sendTo("engine", "SIGKILL");
        await said;
        await whenAllEnded(world);
        await sleep(2 * WINDOW_MS);
        expect(world.calls("CreateAndStartWorkspace")).toBe(AT_ONCE);
        await recover(world, SIX, true);
        expect(world.calls("CreateAndStartWorkspace")).toBe(COUNT);
    },
);

testWithProc("creates that still wait when the provider is killed are never sent", async () => {
    const { said } = await beginWithAQueue();
    await sendTo("provider", "SIGKILL");
    await said;
    await recover(world, SIX, false);
    expect(world.calls("CreateAndStartWorkspace")).toBe(COUNT);
});

testWithProc(
    "Ctrl-C once: what is under way is finished and saved, and the next up has nothing to do",
    async () => {
        const { said } = await beginWithAQueue();
        await sendTo("engine", "SIGINT");
        expect(await said).toMatch(/cancel/i);
        const made = world.calls("CreateAndStartWorkspace");
        const { resources } = await world.stack.state();
        expect(resources.filter(({ type }) => type.endsWith("gitpod:Workspace"))).toHaveLength(made);
        await recover(world, SIX, false);
        expect(world.calls("CreateAndStartWorkspace")).toBe(COUNT);
    },
);

testWithProc("Ctrl-C twice: the run ends at once, and the next up knows what was made", async () => {
    const { said } = await beginWithAQueue();
    await sendTo("engine", "SIGINT");
    await sendTo("engine", "SIGINT");
    expect(await said).not.toBe("");
    await whenAllEnded(world);
    const made = world.calls("CreateAndStartWorkspace");
    await sleep(2 * WINDOW_MS);
    expect(world.calls("CreateAndStartWorkspace")).toBe(made);
    await recover(world, SIX, false);
    expect(world.calls("CreateAndStartWorkspace")).toBe(COUNT);
});
