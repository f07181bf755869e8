import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Case } from "../case";
import { readsOf, type Subject } from "../life";
import { mostWithin } from "../numbers";
import { Server } from "../server";

const run = promisify(execFile);
const UP = resolve(__dirname, "../up.ts");

const SIZES = [1, 16, 100];
const MINUTE_MS = 60_000;
const MAX_READS = 66;
/** What the afternoon's version is run with; it reads as often at any time, so a part of a minute tells. */
const AFTERNOON_SIZE = 16;
const AFTERNOON_MS = MINUTE_MS / 6;

/** The most reads in any `windowMs` of an `up` of so many, which all start at once and for longer than that. */
async function mostReads(subject: Subject, count: number, windowMs: number): Promise<number> {
    const server = await Server.start([
        "--no-limits",
        "--start-ms",
        String(windowMs * 1.05),
        "--stop-ms",
        "0",
    ]);
    try {
        const env = { ...process.env, ...server.environment };
        await run(process.execPath, ["--import", "tsx", UP, subject, String(count)], { env });
        const times = readsOf(await server.calls()).map(({ at }) => at);
        return mostWithin(times, windowMs);
    } finally {
        await server.close();
    }
}

export const reads: Case = {
    name: "reads",
    about: "reads in a minute while 1, 16 and 100 workspaces start, in real time and all at once",
    isIdle: true,
    async run() {
        const [afternoon = 0, ...ours] = await Promise.all([
            mostReads("afternoon", AFTERNOON_SIZE, AFTERNOON_MS),
            ...SIZES.map((count) => mostReads("ours", count, MINUTE_MS)),
        ]);
        return {
            measures: ours.map((most, index) => {
                const count = SIZES[index] ?? 0;
                return {
                    what: `reads a minute while ${count} start`,
                    measured: String(most),
                    floor:
                        count === AFTERNOON_SIZE
                            ? `${afternoon * (MINUTE_MS / AFTERNOON_MS)} by the afternoon's version`
                            : "–",
                    target: `≤ ${MAX_READS}`,
                    met: most <= MAX_READS,
                };
            }),
        };
    },
};
