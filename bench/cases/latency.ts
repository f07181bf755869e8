import { Emulator } from "gitpod-emulator";
import { GitpodClient } from "../../provider/src/wire/client";
import { realClock } from "../../provider/src/wire/clock";
import { Observer } from "../../provider/src/wire/observer";
import type { Case } from "../case";
import { median, quantile, rounded, seeded } from "../numbers";

const COUNT = 100;
const LONGEST_MS = 20_000;
const P50_MS = 600;
const P95_MS = 1_200;

export const latency: Case = {
    name: "latency",
    about: "from the server's RUNNING to when a wait knows, for starts that end at random",
    async run() {
        const emulator = await Emulator.start({ limits: false, parallelLimit: COUNT, durations: {} });
        const { id: organizationId } = emulator.addTeam("Acme");
        const clock = realClock();
        const endpoint = { url: new URL(emulator.url), token: emulator.token, userAgent: "bench" };
        const client = new GitpodClient(endpoint, clock);
        const observer = new Observer(client, clock);
        const random = seeded(8);
        try {
            const wait = async (index: number): Promise<number> => {
                emulator.nextStart({ imageBuildMs: random() * LONGEST_MS });
                const id = emulator.outside.create({
                    organizationId,
                    contextUrl: `https://github.com/acme/shop/pull/${index + 1}`,
                });
                const truth = emulator.whenPhase(id, "RUNNING").then(() => performance.now());
                let seen = await observer.next(id, organizationId);
                while (seen?.instance?.phase !== "RUNNING") {
                    seen = await observer.next(id, organizationId, seen);
                }
                const known = performance.now();
                return known - (await truth);
            };
            const late = await Promise.all(Array.from({ length: COUNT }, (_, index) => wait(index)));
            const p50 = median(late);
            const p95 = quantile(late, 0.95);
            return {
                measures: [
                    {
                        what: "from RUNNING to known, p50 / p95",
                        measured: `${rounded(p50 / 1000)} / ${rounded(p95 / 1000)} s`,
                        floor: "–",
                        target: `≤ ${P50_MS / 1000} / ${P95_MS / 1000} s`,
                        met: p50 <= P50_MS && p95 <= P95_MS,
                    },
                ],
            };
        } finally {
            client.close();
            await emulator.close();
        }
    },
};
