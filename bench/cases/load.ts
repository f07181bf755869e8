import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Case, Measure } from "../case";
import { rounded } from "../numbers";
import { NOTHING } from "../subjects/floor";

const run = promisify(execFile);
const ROOT = resolve(__dirname, "..", "..");
const ROUNDS = 7;

/** The text of a delegate, as the state holds it, and what the host does with it first. */
function firstCall(text: string): string {
    return `
        require("@pulumi/pulumi/runtime");
        require("@grpc/grpc-js");
        const load = require("require-from-string");
        const from = performance.now();
        const provider = load(${JSON.stringify(text)}).handler();
        provider.configure?.({ config: { get: () => undefined } });
        const check = provider.check?.({}, { contextUrl: "https://github.com/acme/shop" });
        Promise.resolve(check).then(() => { console.log(performance.now() - from); process.exit(); });`;
}

/** What a program loads that uses Pulumi already. */
const importing = (name: string): string => `
    require("@pulumi/pulumi");
    const from = performance.now();
    require(${JSON.stringify(name)});
    console.log(performance.now() - from);
    process.exit();`;

/** What a script prints: how many milliseconds it took. */
async function milliseconds(script: string): Promise<number> {
    const env = { ...process.env, GITPOD_TOKEN: "never-sent", GITPOD_HOST: "http://127.0.0.1:9" };
    const child = run(process.execPath, ["-e", script], { cwd: ROOT, env });
    return Number((await child).stdout);
}

interface Measured {
    what: string;
    script: string;
    /** How many milliseconds more than the floor it may take. */
    most: number;
}

/**
 * Loading takes the time of a process, and nothing random: the round that was disturbed least is the nearest to it.
 * The floor and what is measured come in turns, each in a process of its own.
 */
async function measure(floor: string, measured: Measured[]): Promise<Measure[]> {
    const scripts = [floor, ...measured.map(({ script }) => script)];
    const least = scripts.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < ROUNDS; round++) {
        for (const [index, script] of scripts.entries()) {
            least[index] = Math.min(least[index] ?? 0, await milliseconds(script));
        }
    }
    const [floorTime = 0, ...times] = least;
    return measured.map(({ what, most }, index) => {
        const more = (times[index] ?? Number.NaN) - floorTime;
        return {
            what,
            measured: `${rounded(more, 1)} ms more`,
            floor: `${rounded(floorTime, 1)} ms`,
            target: `≤ ${most} ms more`,
            met: more <= most,
        };
    });
}

const DELEGATE = 'exports.handler=()=>require("pulumi-gitpod/workspace")';
/** What the first call loads that asks the API, as those of a refresh and a destroy do; nothing is sent. */
const READS = `exports.handler=()=>{for(const part of ["wire/client","wire/observer","plugin/workspace/read"])require(${JSON.stringify(`${resolve(ROOT, "provider/dist")}/`)}+part);return {}}`;

export const load: Case = {
    name: "load",
    about: "what a program pays for the import, and the plugin for its first call",
    async run() {
        const imports = await measure(importing("@pulumi/pulumi"), [
            { what: "importing the package in a program", script: importing("pulumi-gitpod"), most: 20 },
        ]);
        const calls = await measure(firstCall(NOTHING), [
            { what: "first call of the plugin, a check", script: firstCall(DELEGATE), most: 150 },
            { what: "first call of the plugin, a read", script: firstCall(READS), most: 150 },
        ]);
        return { measures: [...imports, ...calls] };
    },
};
