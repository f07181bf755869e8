import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "../../engine";
import { broughtEngine } from "../support/bring-engine";
import { contentsOf, INSTALL_MS, install, pack } from "../support/packed";
import { CONTEXT_URL, TIME_SCALE, World } from "./fixture";

const run = promisify(execFile);
const root = join(__dirname, "..", "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

/** The oldest SDK of the peer range, and the newest that this Node.js can run. */
const SDKS = ["3.216.0", "3.248.0"];

let folder: string;
let tarball: string;

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-gitpod-package-"));
    tarball = await pack("provider", folder);
}, INSTALL_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("it holds what is needed to use it, and nothing else", async () => {
    const files = await contentsOf(tarball);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const known = /^(LICENSE|README\.md|package\.json|dist\/.+\.(js|d\.ts))$/;
    expect(files.filter((file) => !known.test(file))).toEqual([]);
});

test("its exports and types are as publint and attw want them", async () => {
    await run(bin("publint"), ["run", tarball, "--strict"]);
    // The subpaths are for the dynamic host alone, which loads them with `require`.
    await run(bin("attw"), [tarball, "--exclude-entrypoints", "workspace", "team"]);
});

describe.each(SDKS)("with version %s of @pulumi/pulumi", (sdk) => {
    let project: string;

    beforeAll(async () => {
        project = join(folder, sdk);
        await cp(join(root, "test/data/package"), project, { recursive: true });
        await install(project, tarball, `@pulumi/pulumi@${sdk}`, "@types/node@20");
    }, INSTALL_MS);

    test.each([
        ["CommonJS", "program.cjs"],
        ["ESM", "program.mjs"],
    ])("a program in %s runs from end to end, and no plugin is fetched for it", async (_, program) => {
        const world = await World.create();
        const sandbox = await createSandbox();
        try {
            const { envVars, ...options } = sandbox.options("test");
            const { stdout } = await run(process.execPath, [join(project, program)], {
                cwd: project,
                env: {
                    ...process.env,
                    GITPOD_HOST: world.emulator.url,
                    GITPOD_TOKEN: world.emulator.token,
                    GITPOD_ORGANIZATION_ID: world.organizationId,
                    OPTIONS: JSON.stringify({
                        ...options,
                        workDir: project,
                        envVars: {
                            ...envVars,
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
            expect(JSON.parse(stdout)).toEqual({
                version: sdk,
                id: workspace?.id,
                phase: "RUNNING",
                before: 0,
            });
            expect(workspace).toMatchObject({ deleted: true });
            expect(await readdir(options.pulumiHome ?? "")).not.toContain("plugins");
        } finally {
            await sandbox.remove();
            await world.close();
        }
    });

    test("TypeScript programs of both kinds are checked against its types", async () => {
        await run(bin("tsc"), ["-p", project]);
    });
});
