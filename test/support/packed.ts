import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

// A package as it is published: packed, and installed from there into a folder with its own `node_modules`.

const run = promisify(execFile);
const root = join(__dirname, "..", "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

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

export type Manager = "npm" | "pnpm";

/** Makes a project of a folder: what is installed there does not go to one that it is in. */
export async function emptyProject(folder: string): Promise<void> {
    await writeFile(join(folder, "package.json"), "{}\n");
}

/** Installs packages in a project: tarballs, or names with versions. */
export async function install(
    project: string,
    packages: string[],
    { manager = "npm", env = process.env }: { manager?: Manager; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
    const flags = ["--prefer-offline", "--ignore-scripts"];
    await (manager === "npm"
        ? run("npm", ["install", ...flags, "--no-audit", "--no-fund", ...packages], { cwd: project, env })
        : run(bin("pnpm"), ["add", ...flags, "--store-dir", join(project, ".store"), ...packages], {
              cwd: project,
              env,
          }));
}
