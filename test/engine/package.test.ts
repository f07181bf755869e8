import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "../../engine";
import { broughtEngine } from "../support/bring-engine";
import { contentsOf, emptyProject, INSTALL_MS, install, type Manager, pack } from "../support/packed";
import { CONTEXT_URL, TIME_SCALE, World } from "./fixture";

const run = promisify(execFile);
const root = join(__dirname, "..", "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

interface Setting {
    /** The version of @pulumi/pulumi. */
    sdk: string;
    /** The version of Node.js. Default: the one of this run. */
    node?: string;
    manager?: Manager;
}

const SETTINGS: [what: string, setting: Setting][] = [
    ["the oldest SDK of the peer range", { sdk: "3.216.0" }],
    ["the newest SDK that runs on Node.js 20", { sdk: "3.248.0" }],
    ["the newest SDK, on the newest Node.js", { sdk: "3.270.0", node: "26.10.0" }],
    ["pnpm's strict node_modules", { sdk: "3.248.0", manager: "pnpm" }],
];

/** The npm package that holds this machine's build of a Node.js. */
function nodePackage(version: string): string {
    const build = `${process.platform}-${process.arch}`;
    return `${build === "darwin-arm64" ? "node-bin" : "node"}-${build}@${version}`;
}

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

describe.each(SETTINGS)("with %s", (what, { sdk, node, manager = "npm" }) => {
    let project: string;
    let env: NodeJS.ProcessEnv;

    beforeAll(async () => {
        project = join(folder, what.replace(/\W+/g, "-"));
        await cp(join(root, "test/data/package"), project, { recursive: true });
        await emptyProject(project);
        // The Node.js of the setting before all others: for npm, the program, and the dynamic host, which the engine starts.
        const path = [join(project, "node_modules/.bin"), dirname(process.execPath), process.env["PATH"]];
        env = { ...process.env, PATH: path.filter(Boolean).join(delimiter) };
        if (node !== undefined) await install(project, [nodePackage(node)], { env });
        await install(project, [tarball, `@pulumi/pulumi@${sdk}`, "@types/node@20"], { manager, env });
    }, INSTALL_MS);

    test.each([
        ["CommonJS", "program.cjs"],
        ["ESM", "program.mjs"],
    ])("a program in %s runs from end to end, and no plugin is fetched for it", async (_, program) => {
        const world = await World.create();
        const sandbox = await createSandbox();
        try {
            const { envVars, ...options } = sandbox.options("test");
            const { stdout } = await run("node", [join(project, program)], {
                cwd: project,
                env: {
                    ...env,
                    GITPOD_HOST: world.emulator.url,
                    GITPOD_TOKEN: world.emulator.token,
                    GITPOD_ORGANIZATION_ID: world.organizationId,
                    OPTIONS: JSON.stringify({
                        ...options,
                        workDir: project,
                        envVars: {
                            ...envVars,
                            PATH: [env["PATH"], envVars["PATH"]].join(delimiter),
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
            const version = node === undefined ? process.version : `v${node}`;
            expect(JSON.parse(stdout)).toEqual({
                version: sdk,
                id: workspace?.id,
                phase: "RUNNING",
                before: 0,
                node: [version, version],
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
