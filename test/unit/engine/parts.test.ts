import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { engineFolders } from "../../../engine/folders";
import { pinnedVersion } from "../../../engine/pins";
import { withProgress } from "../../../engine/progress";
import { run } from "../../../engine/run";

test("the pinned version is the one that go.mod names", async () => {
    const module = await readFile(join(__dirname, "../../../engine/go.mod"), "utf8");
    expect(module).toContain(`github.com/pulumi/pulumi/pkg/v3 v${pinnedVersion}`);
    expect(module).toContain(`github.com/pulumi/pulumi/sdk/v3 v${pinnedVersion}`);
});

describe("the cache folder", () => {
    test.each([
        ["is in ~/.cache", {}, "/home/ada/.cache/pulumi-gitpod/engine"],
        ["follows XDG_CACHE_HOME", { XDG_CACHE_HOME: "/var/cache" }, "/var/cache/pulumi-gitpod/engine"],
        ["ignores a relative one", { XDG_CACHE_HOME: "cache" }, "/home/ada/.cache/pulumi-gitpod/engine"],
    ])("%s", (_, env, base) => {
        expect(engineFolders(env, "/home/ada")).toMatchObject({ base, root: `${base}/v${pinnedVersion}` });
    });
});

describe("running a command", () => {
    const shell = (script: string, timeoutMs = 10_000) => run("sh", ["-c", script], { timeoutMs });

    test("gives back what it printed", async () => {
        expect(await shell("echo out; echo err >&2")).toBe("out\n");
    });

    test("repeats what a failing one said", async () => {
        await expect(shell("echo reason >&2; exit 3")).rejects.toThrow("sh ended with exit code 3: reason");
    });

    test("says that there is no such command", async () => {
        await expect(run("no-such-command", [], { timeoutMs: 1000 })).rejects.toThrow("ENOENT");
    });

    test("ends one that takes too long, together with what it started", async () => {
        // The pipe stays open as long as the inner process lives, so this would take 30 s if it did.
        await expect(shell("echo begun; sleep 30; true", 300)).rejects.toThrow(
            "sh did not finish within 0.3 s: begun",
        );
    });
});

test("work that takes long says so, regularly", async () => {
    const lines: string[] = [];
    const result = await withProgress(
        (line) => lines.push(line),
        "Building",
        () => new Promise((resolve) => setTimeout(() => resolve("built"), 250)),
        100,
    );
    expect(result).toBe("built");
    expect(lines).toEqual(["Building: 0 s so far", "Building: 0 s so far"]);
});
