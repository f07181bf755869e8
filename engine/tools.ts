import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { lock } from "proper-lockfile";
import { parse } from "semver";
import { dynamicHost, pulumiEnvironment } from "./environment";
import { isCode } from "./errors";
import type { Folders } from "./folders";
import { pinnedVersion } from "./pins";
import { run } from "./run";

/** All that finding an engine does to the world outside, so that the decisions can be tested without it. */
export interface Tools {
    /** The version an engine says it has. `undefined` where there is none; rejects where there is one that does not work. */
    version(command: string): Promise<string | undefined>;
    /** The ways to bring the pinned engine into a folder, the best first. */
    sources: Source[];
    /** Waits until no other run brings an engine, then keeps others out until the answer is called. */
    lock(): Promise<() => Promise<void>>;
}

export interface Source {
    origin: "installer" | "go";
    what: string;
    bring(root: string): Promise<void>;
}

const minute = 60_000;

export function systemTools(folders: Folders): Tools {
    const env = pulumiEnvironment(folders.home);
    return {
        async version(command) {
            try {
                const said = await run(command, ["version"], { env, timeoutMs: minute });
                const version = parse(said.trim());
                if (version === null)
                    throw new Error(`${command} does not say its version, but "${said.trim()}"`);
                return version.version;
            } catch (error) {
                if (isCode(error, "ENOENT")) return undefined;
                throw error;
            }
        },
        sources: [
            {
                origin: "installer",
                what: `Downloading the Pulumi CLI ${pinnedVersion} with its official installer`,
                bring: (root) => installOfficial(root, env),
            },
            {
                origin: "go",
                what: `Building the Pulumi CLI ${pinnedVersion} with Go, which takes some minutes and happens once`,
                bring: buildWithGo,
            },
        ],
        lock: () =>
            lock(folders.root, {
                lockfilePath: folders.lock,
                // What the lock is about need not exist yet.
                realpath: false,
                // A run that was killed is not waited for longer than this.
                stale: minute,
                update: minute / 6,
                // As long as all the sources together may take.
                retries: { retries: 45 * 60, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
            }),
    };
}

async function installOfficial(root: string, env: Record<string, string>): Promise<void> {
    const script = join(__dirname, "install-official.ts");
    await run(process.execPath, ["--import", "tsx", script, root, pinnedVersion], {
        // Where `tsx` resolves.
        cwd: __dirname,
        env,
        timeoutMs: 10 * minute,
    });
}

/** From the modules that `go.mod` beside this file pins, through whatever module proxy this machine uses. */
async function buildWithGo(root: string): Promise<void> {
    // Without this the CLI does not know its version. Releases are made in the same way.
    const version = `-X=github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`;
    // Nobody debugs this one, and what a debugger needs is a good part of the work.
    const flags = ["-gcflags=all=-dwarf=false", `-ldflags=-s -w ${version}`];
    // `-mod=readonly`: what is built is what the pins say, whatever GOFLAGS says.
    await run("go", ["install", "-mod=readonly", ...flags, "tool"], {
        cwd: __dirname,
        // No C compiler is asked for, whether there is one or not; and Go's compiler collects its garbage half as often.
        env: { GOBIN: join(root, "bin"), CGO_ENABLED: "0", GOGC: "200" },
        timeoutMs: 30 * minute,
    });
    // As in the official distribution, which has it beside the CLI.
    await copyFile(dynamicHost, join(root, "bin", basename(dynamicHost)));
}
