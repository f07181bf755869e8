import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import { runCommand } from "./command";
import { Emulator } from "./emulator";
import { type Durations, type EmulatorOptions, START_PARTS, STOP_PARTS } from "./options";

interface Flags {
    port: number;
    token?: string;
    team?: string;
    startMs?: number;
    stopMs?: number;
    limitsScale?: number;
    limits: boolean;
    parallelLimit?: number;
    v1: boolean;
    lostStops: boolean;
}

function nonNegative(text: string): number {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
        throw new InvalidArgumentError("a number from 0 on is needed");
    }
    return value;
}

function wholeNumber(text: string): number {
    const value = nonNegative(text);
    if (!Number.isInteger(value)) {
        throw new InvalidArgumentError("a whole number is needed");
    }
    return value;
}

function portNumber(text: string): number {
    const value = wholeNumber(text);
    if (value > 65_535) {
        throw new InvalidArgumentError("a port is at most 65535");
    }
    return value;
}

function shares(parts: readonly (keyof Durations)[], totalMs: number | undefined): Partial<Durations> {
    return totalMs === undefined
        ? {}
        : Object.fromEntries(parts.map((part) => [part, totalMs / parts.length]));
}

function optionsFrom(flags: Flags): EmulatorOptions {
    return {
        port: flags.port,
        ...(flags.token === undefined ? {} : { token: flags.token }),
        durations: { ...shares(START_PARTS, flags.startMs), ...shares(STOP_PARTS, flags.stopMs) },
        limits: flags.limits && (flags.limitsScale === undefined ? {} : { timeScale: flags.limitsScale }),
        ...(flags.parallelLimit === undefined ? {} : { parallelLimit: flags.parallelLimit }),
        v1: flags.v1,
        lostStops: flags.lostStops,
    };
}

/** What a client needs to know; `undefined` for what must not be taken from anywhere else. */
type Settings = Record<"GITPOD_HOST" | "GITPOD_TOKEN", string> &
    Record<"GITPOD_ORGANIZATION_ID", string | undefined>;

function settingsOf(emulator: Emulator, team: string | undefined): Settings {
    return {
        GITPOD_HOST: emulator.url,
        GITPOD_TOKEN: emulator.token,
        GITPOD_ORGANIZATION_ID: team === undefined ? undefined : emulator.addTeam(team).id,
    };
}

async function run(command: string[], flags: Flags): Promise<void> {
    const emulator = await Emulator.start(optionsFrom(flags));
    try {
        const settings = settingsOf(emulator, flags.team);
        if (command.length > 0) {
            // Not where the command writes what others may read.
            console.error(
                `gitpod-emulator listens on ${emulator.url}; its window is ${emulator.url}/_emulator/`,
            );
            process.exitCode = await runCommand(command, settings);
        } else {
            show(emulator.url, settings);
            await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
        }
    } finally {
        await emulator.close();
    }
}

function show(url: string, settings: Settings): void {
    const exports = Object.entries(settings).flatMap(([name, value]) =>
        value === undefined ? [] : [`    export ${name}=${value}`],
    );
    console.log(`gitpod-emulator listens on ${url}

${exports.join("\n")}

Open ${url}/_emulator/ in a browser to see and change what it holds. End it with Ctrl-C.`);
}

const program = new Command("gitpod-emulator")
    .description("An in-memory Gitpod API that behaves like the real server")
    .usage("[options] [-- command...]")
    .argument("[command...]", "a command to run with the API in its environment; the API ends with it")
    .option("--port <port>", "where to listen on the loopback interface; 0 is a free port", portNumber, 0)
    .option("--token <token>", "token of the first user (default: a new one)")
    .option("--team <name>", "a team of the first user, since a workspace needs one (default: none)")
    .option("--start-ms <ms>", "how long a start takes (default: 400)", nonNegative)
    .option("--stop-ms <ms>", "how long a stop takes (default: 200)", nonNegative)
    .option("--limits-scale <factor>", "multiplies the windows of the rate limits", nonNegative)
    .option("--no-limits", "no rate limits")
    .option("--parallel-limit <count>", "running workspaces a user may have (default: 16)", wholeNumber)
    .option("--no-v1", "do not serve the gitpod.v1 services")
    .option("--no-lost-stops", "a stop in PREPARING or IMAGEBUILD is not lost")
    .action(run);

program.parseAsync().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
});
