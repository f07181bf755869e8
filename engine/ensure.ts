import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { gte } from "semver";
import { messageOf } from "./errors";
import { engineFolders, type Folders } from "./folders";
import { minimumVersion, pinnedVersion } from "./pins";
import { type Log, withProgress } from "./progress";
import { type Source, systemTools, type Tools } from "./tools";

export interface Engine {
    origin: "path" | "cache" | Source["origin"];
    version: string;
    /** The folder that holds `bin/pulumi`. Without it the engine is the `pulumi` on the PATH. */
    root?: string;
}

/** Finds a Pulumi engine, or brings the pinned one. Cheap where one is there already. */
export async function ensureEngine(
    log: Log,
    folders: Folders = engineFolders(process.env),
    tools: Tools = systemTools(folders),
): Promise<Engine> {
    const tried: string[] = [];
    const onPath = await attempt(tried, "pulumi on the PATH", () => tools.version("pulumi"));
    if (onPath !== undefined && gte(onPath, minimumVersion)) return { origin: "path", version: onPath };
    if (onPath !== undefined) tried.push(`pulumi on the PATH: ${onPath} is older than ${minimumVersion}`);

    const cached = async (): Promise<Engine | undefined> => {
        const version = await attempt(tried, "the cache", () => tools.version(engineIn(folders.root)));
        return version === pinnedVersion ? { origin: "cache", version, root: folders.root } : undefined;
    };
    const found = await cached();
    if (found !== undefined) return found;

    await mkdir(folders.base, { recursive: true });
    const release = await withProgress(log, "Waiting for another run that brings the engine", tools.lock);
    try {
        // The run that was waited for may have brought it.
        return (await cached()) ?? (await bring(log, folders, tools, tried));
    } finally {
        await release();
    }
}

/** Holds the lock. A source works in a folder beside the final one, which only ever appears whole. */
async function bring(log: Log, folders: Folders, tools: Tools, tried: string[]): Promise<Engine> {
    const stagingPrefix = `${basename(folders.root)}.partial-`;
    // Left by runs that were killed: whoever holds the lock is alone here.
    for (const name of await readdir(folders.base)) {
        if (name.startsWith(stagingPrefix))
            await rm(join(folders.base, name), { recursive: true, force: true });
    }
    for (const source of tools.sources) {
        log(`${source.what} …`);
        const staging = await mkdtemp(join(folders.base, stagingPrefix));
        try {
            const version = await attempt(tried, source.what, () =>
                withProgress(log, source.what, async () => {
                    await source.bring(staging);
                    return tools.version(engineIn(staging));
                }),
            );
            if (version === pinnedVersion) {
                await rm(folders.root, { recursive: true, force: true });
                await rename(staging, folders.root);
                return { origin: source.origin, version, root: folders.root };
            }
            if (version !== undefined) tried.push(`${source.what}: it brought ${version}`);
        } finally {
            await rm(staging, { recursive: true, force: true });
        }
        log(tried.at(-1) ?? source.what);
    }
    throw new Error(
        [
            "There is no Pulumi engine here, and none could be brought. What was tried:",
            ...[...new Set(tried)].map((line) => `  - ${line}`),
            "Put `pulumi` on the PATH (https://www.pulumi.com/docs/install/), or install Go, and run this again.",
        ].join("\n"),
    );
}

/** `undefined` where it fails: the reason is kept for the message that says that nothing worked. */
async function attempt<T>(
    tried: string[],
    what: string,
    work: () => Promise<T | undefined>,
): Promise<T | undefined> {
    try {
        const result = await work();
        if (result === undefined) tried.push(`${what}: there is none`);
        return result;
    } catch (error) {
        tried.push(`${what}: ${messageOf(error)}`);
        return undefined;
    }
}

function engineIn(root: string): string {
    return join(root, "bin", "pulumi");
}
