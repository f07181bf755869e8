import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { engineFolders } from "../../engine/folders";
import { devDependencies } from "../../package.json";

export interface FoundBrowser {
    path: string;
    flags: string[];
}

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];
const PACKAGE = "@sparticuz/chromium";
const UNPACK = `import("${PACKAGE}").then(({ default: chromium }) => chromium.executablePath())`;
// Chromium has no sandbox for root, and containers of a CI often have none for anybody.
const NO_SANDBOX = ["--no-sandbox"];

/**
 * A Chromium that starts here: that of CHROME_PATH, one on the PATH, or the one that comes as a package. Tests that have
 * none are skipped, and say why.
 */
export function findBrowser(): FoundBrowser | { missing: string } {
    const tried: string[] = [];
    const named = process.env["CHROME_PATH"];
    for (const path of named === undefined ? NAMES.flatMap(onPath) : [named]) {
        const problem = whyNot(path);
        if (problem === undefined) {
            const isBare = process.getuid?.() === 0 || process.env["CI"] !== undefined;
            return { path, flags: isBare ? NO_SANDBOX : [] };
        }
        tried.push(`${path}: ${problem}`);
    }
    if (process.platform !== "linux" || process.arch !== "x64") {
        return { missing: tried.join("; ") || "no Chrome or Chromium on the PATH, and no CHROME_PATH" };
    }
    const path = packagedBrowser();
    const problem = whyNot(path);
    // Its own sandbox needs a helper that only an installation has.
    return problem === undefined
        ? { path, flags: NO_SANDBOX }
        : { missing: [...tried, `the packaged Chromium: ${problem}`].join("; ") };
}

function onPath(name: string): string[] {
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    return found === undefined ? [] : [found];
}

function whyNot(path: string): string | undefined {
    const { error, status, stderr } = spawnSync(path, ["--version"], { encoding: "utf8" });
    return error?.message ?? (status === 0 ? undefined : stderr.trim() || `it ended with ${status}`);
}

/**
 * Unpacked once, beside the engine, into a folder that is only ever whole: the package takes any file that it finds for
 * its own. In a process of its own, since a test file must know at once whether it has a browser.
 */
function packagedBrowser(): string {
    const cache = dirname(engineFolders(process.env).base);
    const folder = join(cache, `chromium-${devDependencies[PACKAGE]}`);
    if (!existsSync(folder)) {
        mkdirSync(cache, { recursive: true });
        const staging = mkdtempSync(`${folder}.partial-`);
        try {
            execFileSync(process.execPath, ["--eval", UNPACK], {
                cwd: __dirname,
                env: { ...process.env, TMPDIR: staging },
            });
            renameSync(staging, folder);
        } catch (error) {
            // Another worker may have been first.
            if (!existsSync(folder)) throw error;
        } finally {
            rmSync(staging, { recursive: true, force: true });
        }
    }
    return join(folder, "chromium");
}
