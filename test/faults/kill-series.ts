import type { Call } from "gitpod-emulator";
import { World } from "../engine/fixture";
import type { Declaration } from "./declarations";
import { killAt, type Moment, recover, testWithProc, VICTIMS, type Victims } from "./kill";
import type { Role } from "./processes";
import { programOf } from "./programs";

/** An `up` in which processes are killed. */
export interface Killed {
    what: string;
    before?: Declaration;
    declared: Declaration;
    /** The kills of it that a plain `npm test` takes; all of its calls are struck by `npm run test:faults` alone. */
    pinned: readonly (Moment & { victims: Victims })[];
}

const everything = process.env["FAULTS"] === "all";
/** Each kill takes some seconds. */
const TIMEOUT_MS = 900_000;

const ALL_VICTIMS = Object.keys(VICTIMS) as Victims[];

const READ = /\/(Get|List)/;

const tally = { kills: 0, lost: 0, missed: 0 };

async function withWorld<T>({ before }: Killed, run: (world: World) => Promise<T>): Promise<T> {
    const world = await World.create();
    try {
        if (before !== undefined) {
            world.declare(programOf(before.program()));
            await world.stack.up();
        }
        return await run(world);
    } finally {
        await world.close();
    }
}

function methodOf({ service, rpc }: Call): string {
    return `${service.split(".").at(-1)}/${rpc}`;
}

/** Every call of an undisturbed `up`: a new one enters by itself. What only reads is the same before its work and after. */
async function momentsOf(killed: Killed): Promise<Moment[]> {
    const methods = await withWorld(killed, async (world) => {
        world.declare(programOf(killed.declared.program()));
        world.emulator.clearCalls();
        await world.stack.up();
        return new Set(world.emulator.calls.map(methodOf));
    });
    return [...methods].flatMap((rpc) =>
        READ.test(rpc)
            ? [{ rpc, when: "before" as const }]
            : [
                  { rpc, when: "before" as const },
                  { rpc, when: "after" as const },
              ],
    );
}

/** Kills, and holds the run that comes after to the one invariant: exactly what is declared, and nothing left to do. */
async function kill(killed: Killed, moment: Moment, victims: Victims): Promise<void> {
    const roles: readonly Role[] = VICTIMS[victims];
    await withWorld(killed, async (world) => {
        const said = await killAt(world, killed.declared.program(), moment, roles);
        tally.kills += 1;
        tally.missed += said === undefined ? 1 : 0;
        try {
            expect(said).not.toBe("");
            expect(said ?? "").not.toContain(world.emulator.token);
            await recover(world, killed.declared, said !== undefined && roles.includes("engine"));
        } catch (cause) {
            tally.lost += 1;
            throw new Error(`a kill of ${victims} in ${killed.what}, ${moment.when} ${moment.rpc}`, {
                cause,
            });
        }
    });
}

/** Tests the kills of these operations: all, or those that are pinned. */
export function testKills(operations: readonly Killed[]): void {
    afterAll(() => {
        const part = everything ? "all" : "pinned";
        process.stdout.write(
            `kills (${part}): ${tally.kills}, lost: ${tally.lost}, without their call, since a wait took fewer looks: ${tally.missed}\n`,
        );
    });
    if (everything) {
        const cases = operations.flatMap((killed) =>
            ALL_VICTIMS.map((victims) => ({ what: killed.what, killed, victims })),
        );
        testWithProc.each(cases)(
            "kills of $victims in $what, at each of its calls",
            async ({ killed, victims }) => {
                for (const moment of await momentsOf(killed)) {
                    await kill(killed, moment, victims);
                }
            },
            TIMEOUT_MS,
        );
        return;
    }
    const pinned = operations.flatMap((killed) =>
        killed.pinned.map((moment) => ({ what: killed.what, killed, ...moment })),
    );
    testWithProc.each(pinned)(
        "a kill of $victims in $what, $when $rpc",
        async ({ killed, victims, rpc, when }) => kill(killed, { rpc, when }, victims),
    );
}
