import * as gitpod from "pulumi-gitpod";
import { World } from "../engine/fixture";
import { callsOf, peakPoints } from "./call-counts";
import { ProviderMemory, providersOf } from "./provider-memory";

/**
 * The provider's time. The server's windows are a fifth as long, since a busy machine sends calls in clumps: no call is to be
 * refused on a slow machine either. The real limit is held against the calls that were counted.
 */
const SCALE = 0.05;
const LIMITS = { timeScale: SCALE / 5 };
const PARALLEL = 32;
const everything = process.env["FAULTS"] === "all";
/**
 * What the server lets through in a minute. At this scale a pause of the machine counts twenty-fold, so where other tests
 * run beside this one there is room for some more that come in a clump; without pacing there are several times as many.
 */
const MOST_POINTS = everything ? 200 : 225;
const FEW = everything ? 30 : 10;
/** A plain `npm test` takes as many as a list just does not hold. */
const MANY = everything ? 300 : 104;
/** How much the provider's memory may grow between the two: what is garbage stays for a while. */
const MOST_GROWTH = 2.5;
/** More than a run on an idle machine takes, many times over. */
const TIMEOUT_MS = 600_000;

const brief = {
    preparing: 5,
    imageBuild: 5,
    pending: 5,
    creating: 5,
    initializing: 5,
    stopLag: 5,
    stopping: 5,
};

interface Stage {
    what: string;
    seconds: number;
    calls: Record<string, number>;
    refused: number;
    peakPoints: number;
    peakMegabytes: number;
}

let world: World;
afterEach(() => world.close());

async function begin(count: number): Promise<void> {
    world = await World.create({
        emulator: { limits: LIMITS, durations: brief, parallelLimit: 1_000 },
        env: { PULUMI_GITPOD_TIME_SCALE: String(SCALE) },
    });
    world.declare(async () => {
        for (let index = 0; index < count; index++) {
            new gitpod.Workspace(`workspace-${index}`, {
                contextUrl: `https://github.com/acme/shop/pull/${index + 1}`,
                running: true,
            });
        }
    });
}

/** Runs one operation of the stack, and what it took. */
async function stage(what: string, run: () => Promise<unknown>): Promise<Stage> {
    world.emulator.clearCalls();
    const memory = new ProviderMemory(world.stack);
    const from = performance.now();
    try {
        await run();
    } finally {
        memory.stop();
    }
    const calls = [...world.emulator.calls];
    const result: Stage = {
        what,
        seconds: Math.round((performance.now() - from) / 100) / 10,
        calls: callsOf(calls),
        refused: calls.filter(({ code }) => code === "resource_exhausted").length,
        peakPoints: peakPoints(calls, 60_000 * SCALE),
        peakMegabytes: memory.peakMegabytes,
    };
    expect(result.refused).toBe(0);
    expect(result.peakPoints).toBeLessThanOrEqual(MOST_POINTS);
    expect(await providersOf(world.stack)).toEqual([]);
    return result;
}

/** The whole life of a stack of so many workspaces. */
async function live(count: number): Promise<Stage[]> {
    await begin(count);
    const { stack, emulator } = world;
    const up = await stage("up", () => stack.up({ parallel: PARALLEL }));
    expect(world.alive().map(({ phase }) => phase)).toEqual(Array(count).fill("RUNNING"));
    const refresh = await stage("refresh", () => stack.refresh({ parallel: PARALLEL }));
    expect((await stack.preview({ parallel: PARALLEL })).changes).toEqual({ same: count + 1 });

    const drifted = world.alive().filter((_, index) => index % 10 === 0);
    for (const { id } of drifted) {
        emulator.outside.timeOut(id);
    }
    const drift = await stage("refresh of the drifted", () => stack.refresh({ parallel: PARALLEL }));
    const again = await stage("up again", () => stack.up({ parallel: PARALLEL }));
    expect(world.alive().map(({ phase }) => phase)).toEqual(Array(count).fill("RUNNING"));
    expect(again.calls["StartWorkspace"]).toBe(drifted.length);
    const destroy = await stage("destroy", () => stack.destroy({ parallel: PARALLEL }));
    expect(world.alive()).toEqual([]);
    const stages = [up, refresh, drift, again, destroy];
    console.log(`${count} workspaces\n${stages.map(report).join("\n")}`);
    return stages;
}

function report({ what, seconds, calls, refused, peakPoints: points, peakMegabytes }: Stage): string {
    const counts = Object.entries(calls).map(([rpc, times]) => `${times} ${rpc}`);
    return `  ${what}: ${seconds} s, at most ${points} of 200 points in a minute, ${refused} refused, ${peakMegabytes} MB; ${counts.join(", ")}`;
}

const most = (stages: Stage[]): number => Math.max(...stages.map(({ peakMegabytes }) => peakMegabytes));

test.each([MANY])(
    "%d workspaces live in one stack: no limit is met, and the provider hardly grows",
    async (count) => {
        const few = await live(FEW);
        await world.close();
        const many = await live(count);
        const [up, refresh, drift] = many;
        expect(up?.calls["CreateAndStartWorkspace"]).toBe(count);
        // Two lists, and one more for each 5 s that it takes; nobody is asked for who has not changed.
        expect(refresh?.calls["GetWorkspace"] ?? 0).toBe(0);
        expect(drift?.calls["GetWorkspace"] ?? 0).toBeLessThanOrEqual(count / 10);
        expect(most(many)).toBeLessThan(most(few) * MOST_GROWTH);
    },
    TIMEOUT_MS,
);
