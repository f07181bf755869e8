import { Emulator } from "gitpod-emulator";
import type { Case } from "../case";
import { program } from "../life";
import { BenchStack } from "../stack";

const MAX_BYTES = 3_000;
const MAX_DELEGATE_BYTES = 100;
const COUNT = 10;

interface Saved {
    type: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

/** The resources in the engine's state file. */
function resourcesOf(state: string): Saved[] {
    return (JSON.parse(state) as { checkpoint: { latest: { resources: Saved[] } } }).checkpoint.latest
        .resources;
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export const state: Case = {
    name: "state",
    about: "bytes that the state holds of a workspace",
    async run({ engine }) {
        const emulator = await Emulator.start({ limits: false });
        try {
            emulator.addTeam("Acme");
            const env = {
                GITPOD_HOST: emulator.url,
                GITPOD_TOKEN: emulator.token,
                PULUMI_GITPOD_TIME_SCALE: "0.05",
            };
            const stack = await BenchStack.create(engine, program("ours", 0), env);
            try {
                await stack.run("up", COUNT);
                const empty = Buffer.byteLength(await stack.state());
                stack.setProgram(program("ours", COUNT));
                await stack.run("up", COUNT);
                const text = await stack.state();
                // What the engine saves once for the provider is not a workspace's.
                const all = resourcesOf(text);
                const own = all.filter(({ type }) => type.endsWith("gitpod:Workspace"));
                const shared = all.filter(({ type }) => type.startsWith("pulumi:providers:"));
                const each = (Buffer.byteLength(text) - empty - bytes(shared)) / COUNT;
                const [first] = own;
                const { __provider: delegate, ...facts } = first?.outputs ?? {};
                const copies = [first?.inputs?.["__provider"], delegate];
                const copy = Math.max(...copies.map((provider) => Buffer.byteLength(String(provider))));
                return {
                    measures: [
                        {
                            what: "state of a workspace",
                            measured: `${Math.round(each)} bytes`,
                            floor: `${bytes(facts)} bytes, its outputs as plain JSON`,
                            target: `≤ ${MAX_BYTES} bytes`,
                            met: each <= MAX_BYTES,
                        },
                        {
                            what: "of them the provider, twice",
                            measured: `${copy} bytes each`,
                            floor: "–",
                            target: `≤ ${MAX_DELEGATE_BYTES} bytes each`,
                            met: copy <= MAX_DELEGATE_BYTES,
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
