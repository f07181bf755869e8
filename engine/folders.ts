import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { pinnedVersion } from "./pins";

export interface Folders {
    /** Everything about engines lives here. */
    base: string;
    /** The finished engine. The Automation API expects `bin/pulumi` in it. */
    root: string;
    /** Held by the one run that brings the engine. */
    lock: string;
    /** What the CLI would otherwise keep in the user's own `~/.pulumi`. */
    home: string;
}

/** Outside the tree, so that a fresh clone or `git clean` does not cost another build. */
export function engineFolders(env: NodeJS.ProcessEnv, userHome = homedir()): Folders {
    const xdg = env["XDG_CACHE_HOME"];
    // The XDG specification says that a relative path is to be ignored.
    const cache = xdg !== undefined && isAbsolute(xdg) ? xdg : join(userHome, ".cache");
    const base = join(cache, "pulumi-gitpod", "engine");
    const root = join(base, `v${pinnedVersion}`);
    return { base, root, lock: `${root}.lock`, home: join(base, "home") };
}
