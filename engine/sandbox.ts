import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import { pulumiEnvironment } from "./environment";

export interface Sandbox {
    /** Where the program and the plugin run. `pulumi-gitpod` resolves from here as it does in a user's project. */
    workDir: string;
    /** The state of a stack as the engine wrote it, with its secrets encrypted. */
    stateFile(project: string, stack: string): string;
    /** For `LocalWorkspace`: everything that the engine reads or writes is in the sandbox. */
    options(project: string): LocalWorkspaceOptions & { envVars: Record<string, string> };
    remove(): Promise<void>;
}

/** A folder of its own for a project, its state and the CLI's files: nothing of the user's Pulumi is read or changed. */
export async function createSandbox(): Promise<Sandbox> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-gitpod-"));
    const workDir = join(folder, "project");
    const backend = join(folder, "backend");
    const home = join(folder, "home");
    for (const part of [workDir, backend, home]) await mkdir(part);
    await symlink(resolve(__dirname, "../node_modules"), join(workDir, "node_modules"), "dir");
    return {
        workDir,
        stateFile: (project, stack) => join(backend, ".pulumi", "stacks", project, `${stack}.json`),
        options: (project) => ({
            workDir,
            pulumiHome: home,
            secretsProvider: "passphrase",
            projectSettings: { name: project, runtime: "nodejs" },
            envVars: {
                ...pulumiEnvironment(home),
                PULUMI_BACKEND_URL: pathToFileURL(backend).href,
                PULUMI_CONFIG_PASSPHRASE: "the state is thrown away",
            },
        }),
        remove: () => rm(folder, { recursive: true, force: true }),
    };
}
