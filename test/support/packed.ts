import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

// A package as it is published: packed, and installed from there into a folder with its own `node_modules`.

const run = promisify(execFile);
const root = join(__dirname, "..", "..");

/** Long enough for a registry that is far away. */
export const INSTALL_MS = 300_000;

/** Packs one of the packages of this repository into a folder, and answers the path of the tarball. */
export async function pack(workspace: "provider" | "emulator", folder: string): Promise<string> {
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
        cwd: join(root, workspace),
    });
    const [{ filename = "" } = {}] = JSON.parse(stdout) as { filename?: string }[];
    return join(folder, filename);
}

/** What a tarball holds, without the folder that all of it is in. */
export async function contentsOf(tarball: string): Promise<string[]> {
    const { stdout } = await run("tar", ["-tzf", tarball]);
    return stdout
        .trim()
        .split("\n")
        .map((file) => file.replace(/^package\//, ""));
}

/** Makes a project of a folder, and installs packages there: tarballs, or names with versions. */
export async function install(project: string, ...packages: string[]): Promise<void> {
    await writeFile(join(project, "package.json"), "{}\n");
    const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", ...flags, ...packages], { cwd: project });
}
