import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPLACING, SAVED } from "../../../provider/src/plugin/workspace/keys";
import { read, root } from "./documents";

async function pagesIn(folder: string): Promise<Record<string, string>> {
    const names = (await readdir(folder)).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}

test("the pages of the API are what `npm run docs` makes of the doc comments", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-gitpod-docs-"));
    try {
        const program = join(root, "docs/generate/run.mts");
        await promisify(execFile)(join(root, "node_modules/.bin/tsx"), [program, folder]);
        expect(await pagesIn(join(root, "docs/api"))).toEqual(await pagesIn(folder));
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}, 120_000);

describe("what a change of an input means", () => {
    const [, inputs = ""] = /## Inputs\n(.*?)\n## /s.exec(read("docs/api/workspace.md")) ?? [];
    const rows = [...inputs.matchAll(/^\| `(\w+)` .*$/gm)].map(([row, name = ""]) => ({ row, name }));

    test.each([
        ["A change replaces the workspace", [...REPLACING, "organizationId"]],
        ["A change is saved, and nothing is called", SAVED.filter((key) => key !== "secretContext")],
        ["A change starts or stops the workspace", ["running"]],
        ["so a later change does nothing", ["adopt"]],
    ])("%s: it is said of those of which it is so", (words, names) => {
        const said = rows.filter(({ row }) => row.includes(words)).map(({ name }) => name);
        expect(said.sort()).toEqual([...names].sort());
    });
});
