import { Emulator } from "gitpod-emulator";
import { createRuntime, type Runtime } from "../../provider/src/plugin/runtime";
import { workspaceMethods } from "../../provider/src/plugin/workspace/methods";
import { SHARED_PACE, START_PACE } from "../../provider/src/wire/pacer";
import type { Case, Context } from "../case";
import { NO_LIMITS, program, readsOf } from "../life";
import { mostWithin } from "../numbers";
import { Server } from "../server";
import { BenchStack } from "../stack";

const SIZES = [1, 16, 100];
const MINUTE_MS = 60_000;
const MAX_READS = 66;
/** What the afternoon's version is run with; it reads as often at any time, so a part of a minute tells. */
const AFTERNOON_SIZE = 16;
const AFTERNOON_MS = MINUTE_MS / 6;

const NOTHING = (): void => undefined;

/** The plugin side without its paces, so that all start at once. */
function unpaced(emulator: Emulator, organizationId: string): Runtime {
    const config = { apiUrl: new URL(emulator.url), token: emulator.token, timeScale: 1, organizationId };
    const runtime = createRuntime(config, NOTHING, NOTHING);
    const paces = [START_PACE, SHARED_PACE];
    const calls = paces.map((pace) => pace.calls);
    for (const pace of paces) {
        pace.calls = Number.POSITIVE_INFINITY;
    }
    // The client takes them when it is made, which is now.
    void runtime.client;
    for (const [index, pace] of paces.entries()) {
        pace.calls = calls[index] ?? pace.calls;
    }
    return runtime;
}

/** The most reads in any minute while so many workspaces start, all at once, for more than a minute. */
async function readsInAMinute(count: number): Promise<number> {
    const emulator = await Emulator.start({
        limits: false,
        parallelLimit: count,
        durations: { initializing: MINUTE_MS * 1.1 },
    });
    const runtime = unpaced(emulator, emulator.addTeam("Acme").id);
    try {
        const creates = Array.from({ length: count }, (_, index) => {
            const contextUrl = `https://github.com/acme/shop/pull/${index + 1}`;
            const inputs = { contextUrl, running: true, mark: `urn:pulumi:dev::bench::t::w-${index}` };
            return workspaceMethods.create(runtime, inputs, "");
        });
        await Promise.all(creates);
        const times = readsOf(emulator.calls).map(({ at }) => at);
        return mostWithin(times, MINUTE_MS);
    } finally {
        runtime.client.close();
        await emulator.close();
    }
}

async function afternoonsReads({ engine }: Context): Promise<number> {
    const startMs = String(AFTERNOON_MS * 1.2);
    const server = await Server.start(["--no-limits", "--start-ms", startMs, "--stop-ms", "0"]);
    try {
        const env = { ...server.environment, ...NO_LIMITS };
        const stack = await BenchStack.create(engine, program("afternoon", AFTERNOON_SIZE), env);
        try {
            await stack.run("up", AFTERNOON_SIZE);
            const times = readsOf(await server.calls()).map(({ at }) => at);
            return mostWithin(times, AFTERNOON_MS) * (MINUTE_MS / AFTERNOON_MS);
        } finally {
            await stack.close();
        }
    } finally {
        await server.close();
    }
}

export const reads: Case = {
    name: "reads",
    about: "reads in a minute while 1, 16 and 100 workspaces start, in real time and all at once",
    async run(context) {
        const [afternoon, ...ours] = await Promise.all([
            afternoonsReads(context),
            ...SIZES.map(readsInAMinute),
        ]);
        return {
            measures: ours.map((most, index) => {
                const count = SIZES[index] ?? 0;
                return {
                    what: `reads a minute while ${count} start`,
                    measured: String(most),
                    floor: count === AFTERNOON_SIZE ? `${afternoon} by the afternoon's version` : "–",
                    target: `≤ ${MAX_READS}`,
                    met: most <= MAX_READS,
                };
            }),
        };
    },
};
