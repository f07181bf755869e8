import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

test("the demo shows a whole life, and leaves nothing", async () => {
    const demo = spawn(process.execPath, ["--import", "tsx", "examples/demo/run.ts"], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
    });
    let shown = "";
    demo.stdout.setEncoding("utf8").on("data", (text: string) => {
        shown += text;
    });
    const [code] = await once(demo, "close");
    expect(code).toBe(0);
    for (const sight of [
        "+ 4 created",
        "[diff: ~running]",
        "~ running       : false => true",
        "+ 1 created",
        "- 4 deleted",
        "Nothing: no workspace and no team.",
    ]) {
        expect(shown).toContain(sight);
    }
});
