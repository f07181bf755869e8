import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { blocksOf, fileOf } from "./blocks";
import { root } from "./documents";

// What the guide to testing shows is what runs here.

const run = promisify(execFile);
const blocks = blocksOf("docs/guides/testing.md");
const LONG_MS = 60_000;

let folder: string;
/** That of a user who has set nothing for Gitpod. */
let env: Record<string, string | undefined>;

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-gitpod-testing-"));
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    const { GITPOD_HOST, GITPOD_TOKEN, GITPOD_ORGANIZATION_ID, ...rest } = process.env;
    env = rest;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test(
    "the program and its test under mocks",
    async () => {
        const files = blocks.map((block) => ({ name: fileOf(block), text: block.text }));
        for (const { name, text } of files) {
            if (name !== undefined) {
                await writeFile(join(folder, name), text);
            }
        }
        const tsx = join(folder, "node_modules/.bin/tsx");
        const { stdout } = await run(tsx, ["--test", "--test-reporter=tap", "fleet.test.ts"], {
            cwd: folder,
            env,
        });
        expect(stdout).toMatch(/^# pass [1-9]/m);
        expect(stdout).toMatch(/^# fail 0$/m);
    },
    LONG_MS,
);

/** Stands in for the engine: notes what it was asked for, and what it would find there. */
const PULUMI = `#!/usr/bin/env node
const { appendFileSync } = require("node:fs");
const { GITPOD_HOST, GITPOD_TOKEN, GITPOD_ORGANIZATION_ID } = process.env;
fetch(GITPOD_HOST + "/_emulator/state").then((answer) => answer.json()).then(({ teams: [team], users: [user] }) => {
    const isKnown = team.id === GITPOD_ORGANIZATION_ID && user.token === GITPOD_TOKEN;
    appendFileSync(process.env.NOTES, [team.name, isKnown, ...process.argv.slice(2)].join(" ") + "\\n");
});
`;

const lines = blocks.filter(
    ({ language, text }) => language === "sh" && text.includes("npx gitpod-emulator"),
);

test.each([
    [0, ["up --yes --stack test"]],
    [1, ["stack init test", "up --yes", "up --yes --expect-no-changes", "destroy --yes"]],
])(
    "the lines for a pipeline, block %s",
    async (index, commands) => {
        await writeFile(join(folder, "pulumi"), PULUMI, { mode: 0o755 });
        const notes = join(folder, "notes");
        await run("bash", ["-ec", lines[index]?.text ?? "exit 1"], {
            cwd: folder,
            env: { ...env, PATH: `${folder}:${env["PATH"]}`, NOTES: notes, TMPDIR: folder },
        });
        expect((await readFile(notes, "utf8")).trim().split("\n")).toEqual(
            commands.map((command) => `acme true ${command}`),
        );
    },
    LONG_MS,
);

test("no other lines are shown", () => {
    expect(lines).toHaveLength(2);
});
