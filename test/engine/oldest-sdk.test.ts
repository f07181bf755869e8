import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "../../engine";
import { broughtEngine } from "../support/bring-engine";
import { CONTEXT_URL, TIME_SCALE, World } from "./fixture";

const root = join(__dirname, "..", "..");

/** The oldest SDK of the peer range, installed under another name. The newest for this Node.js runs all other tests. */
const oldest = dirname(require.resolve("pulumi-oldest/package.json"));

test("the oldest SDK that the package allows runs it from end to end", async () => {
    const world = await World.create();
    const sandbox = await createSandbox();
    // Inside the tree, so that what both packages stand on resolves from here.
    const project = await mkdtemp(join(root, "node_modules", ".oldest-sdk-"));
    try {
        await cp(oldest, join(project, "node_modules/@pulumi/pulumi"), { recursive: true });
        for (const part of ["package.json", "dist"]) {
            const target = join(project, "node_modules/pulumi-gitpod", part);
            await cp(join(root, "provider", part), target, { recursive: true });
        }
        const program = join(project, "program.js");
        await cp(join(root, "test/data/oldest-sdk-program.js"), program);
        const options = sandbox.options("test");
        const { stdout } = await promisify(execFile)(process.execPath, [program], {
            cwd: project,
            env: {
                ...process.env,
                OPTIONS: JSON.stringify({
                    ...options,
                    workDir: project,
                    envVars: {
                        ...options.envVars,
                        GITPOD_TOKEN: world.emulator.token,
                        PULUMI_GITPOD_TIME_SCALE: String(TIME_SCALE),
                    },
                    root: broughtEngine().root,
                    host: world.emulator.url,
                    contextUrl: CONTEXT_URL,
                }),
            },
        });
        const [workspace, ...others] = world.emulator.workspaces();
        expect(others).toEqual([]);
        expect(JSON.parse(stdout)).toEqual({ version: "3.216.0", id: workspace?.id, phase: "RUNNING" });
        expect(workspace).toMatchObject({ deleted: true });
    } finally {
        await rm(project, { recursive: true, force: true });
        await sandbox.remove();
        await world.close();
    }
});
