import type { GitpodClient } from "../wire/client";
import { type Clock, realClock } from "../wire/clock";
import type { Observer } from "../wire/observer";
import type { Config } from "./config";
import { ConfigError, resolveConfig } from "./config";
import { assertEngineAlive, watchEngine } from "./engine-watch";
import { version } from "./version";

/** What the resources share: one client, one observer and one clock for the process. */
export interface Runtime {
    config: Config;
    readonly client: GitpodClient;
    readonly observer: Observer;
    clock: Clock;
    /** Ids of workspaces that some resource of the stack holds, as far as this process has seen. */
    held: Set<string>;
    /** A line for the person at the console. */
    log(line: string): void;
}

/**
 * @param beforeStart throws where no workspace may be created or started any more
 * @param idleMs how long a connection without a call may keep the process alive, in milliseconds
 */
export function createRuntime(
    config: Config,
    beforeStart: () => void,
    log: Runtime["log"],
    idleMs = 60_000,
): Runtime {
    const clock = realClock(config.timeScale);
    const endpoint = {
        url: config.apiUrl,
        token: config.token,
        idleMs,
        userAgent: `pulumi-gitpod/${version} node/${process.versions.node}`,
    };
    let made: { client: GitpodClient; observer: Observer } | undefined;
    // Loaded by the first who asks the API: most runs change nothing, and a check or a diff asks nobody.
    const wire = (): { client: GitpodClient; observer: Observer } => {
        if (made === undefined) {
            const client = new (loadClient().GitpodClient)(endpoint, clock, beforeStart);
            made = { client, observer: new (loadObserver().Observer)(client, clock) };
        }
        return made;
    };
    return {
        config,
        get client() {
            return wire().client;
        },
        get observer() {
            return wire().observer;
        },
        clock,
        held: new Set(),
        log,
    };
}

// Not `import()`, which would let others in before `configure` has done its work.
const loadClient = (): typeof import("../wire/client") => require("../wire/client");
const loadObserver = (): typeof import("../wire/observer") => require("../wire/observer");

let shared: Runtime | ConfigError | undefined;

/**
 * Called by the dynamic host once for each kind of resource; all of them share the first one's runtime. It is
 * synchronous and does not throw: the host gives out the provider before `configure` has ended, and goes on using
 * one whose `configure` failed.
 */
export function configure(get: (key: string) => string | undefined): void {
    if (shared !== undefined) {
        return;
    }
    try {
        const config = resolveConfig({ stack: (key) => get(`gitpod:${key}`), env: process.env });
        watchEngine();
        shared = createRuntime(config, assertEngineAlive, (line) => console.log(line));
    } catch (error) {
        if (!(error instanceof ConfigError)) {
            throw error;
        }
        shared = error;
    }
}

/** @throws {ConfigError} where the configuration can't be used */
export function runtime(): Runtime {
    if (shared === undefined) {
        throw new Error("the dynamic host called a resource before `configure`; please report it");
    }
    if (shared instanceof ConfigError) {
        throw shared;
    }
    return shared;
}
