import { Emulator } from "gitpod-emulator";
import { Pacer, START_PACE } from "../../provider/src/wire/pacer";
import type { Case } from "../case";
import { program } from "../life";
import { rounded } from "../numbers";
import { BenchStack } from "../stack";

const COUNT = 16;
const SCALE = 0.1;
/** Three at once, and three more as soon as each window is over. */
const FLOOR_MS = Math.floor((COUNT - 1) / START_PACE.calls) * START_PACE.windowMs;

/** When the last of the calls is sent, on a clock that jumps to whatever is waited for: only the waits take time. */
async function onFakeClock(): Promise<number> {
    let time = 0;
    const clock = {
        now: () => time,
        real: (ms: number) => ms,
        sleep: async (ms: number) => {
            time += ms;
        },
    };
    const pacer = new Pacer(clock, START_PACE, () => undefined);
    for (let call = 0; call < COUNT; call++) {
        await pacer.run(async () => undefined);
    }
    return time;
}

export const pacing: Case = {
    name: "pacing",
    about: "how long 16 creates take under the limit of 3 in 10 s",
    async run({ engine }) {
        const ideal = (await onFakeClock()) / FLOOR_MS;
        const emulator = await Emulator.start({
            limits: { timeScale: SCALE },
            durations: { preparing: 0, pending: 0, creating: 0, initializing: 0 },
        });
        try {
            emulator.addTeam("Acme");
            const env = {
                GITPOD_HOST: emulator.url,
                GITPOD_TOKEN: emulator.token,
                PULUMI_GITPOD_TIME_SCALE: String(SCALE),
            };
            const stack = await BenchStack.create(engine, program("ours", COUNT), env);
            try {
                await stack.run("up", COUNT);
                const creates = emulator.calls.filter(({ rpc }) => rpc === "CreateAndStartWorkspace");
                const refused = emulator.calls.filter(({ code }) => code === "resource_exhausted").length;
                const took = (creates.at(-1)?.at ?? Number.NaN) - (creates[0]?.at ?? Number.NaN);
                const times = took / (FLOOR_MS * SCALE);
                await stack.run("destroy", COUNT);
                return {
                    measures: [
                        {
                            what: `creating ${COUNT}, pacer on a fake clock`,
                            measured: `${rounded(ideal, 3)} ×`,
                            floor: `${FLOOR_MS / 1000} s`,
                            target: "≤ 1.02 ×",
                            met: ideal <= 1.02,
                        },
                        {
                            what: `creating ${COUNT}, end to end at a tenth of the time`,
                            measured: `${rounded(times, 3)} ×, ${refused} refused`,
                            floor: `${(FLOOR_MS * SCALE) / 1000} s`,
                            target: "≤ 1.1 ×, 0 refused",
                            met: times <= 1.1 && refused === 0,
                        },
                    ],
                };
            } finally {
                await stack.close();
            }
        } finally {
            await emulator.close();
        }
    },
};
