import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureEngine } from "../../../engine/ensure";
import { isCode } from "../../../engine/errors";
import { engineFolders, type Folders } from "../../../engine/folders";
import { minimumVersion, pinnedVersion } from "../../../engine/pins";
import { type Source, systemTools, type Tools } from "../../../engine/tools";

let cache: string;
let folders: Folders;
let lines: string[];
const log = (line: string) => void lines.push(line);

beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "engine-test-"));
    folders = engineFolders({ XDG_CACHE_HOME: cache });
    lines = [];
});

afterEach(() => rm(cache, { recursive: true }));

/** An engine is a file that holds its version. */
async function put(file: string, version: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, version);
}

function source(origin: Source["origin"], bring: Source["bring"]): Source {
    return { origin, what: `bringing by ${origin}`, bring };
}

const works = (origin: Source["origin"]) =>
    source(origin, (root) => put(join(root, "bin", "pulumi"), pinnedVersion));

const fails = (origin: Source["origin"], why: string) =>
    source(origin, async (root) => {
        await put(join(root, "half-done"), "");
        throw new Error(why);
    });

/** The real lock, and everything else out of the temporary folder. `onPath` is what a `pulumi` on the PATH says. */
function tools(sources: Source[], onPath?: string): Tools {
    return {
        ...systemTools(folders),
        sources,
        async version(command) {
            if (command === "pulumi") return onPath;
            try {
                return await readFile(command, "utf8");
            } catch (error) {
                if (isCode(error, "ENOENT")) return undefined;
                throw error;
            }
        },
    };
}

const cached = () => join(folders.root, "bin", "pulumi");

test("takes the engine on the PATH, and touches nothing", async () => {
    const engine = await ensureEngine(log, folders, tools([fails("go", "not asked")], minimumVersion));
    expect(engine).toEqual({ origin: "path", version: minimumVersion });
    expect(await readdir(cache)).toEqual([]);
    expect(lines).toEqual([]);
});

test("takes the engine in the cache, without a word", async () => {
    await put(cached(), pinnedVersion);
    const engine = await ensureEngine(log, folders, tools([fails("go", "not asked")]));
    expect(engine).toEqual({ origin: "cache", version: pinnedVersion, root: folders.root });
    expect(lines).toEqual([]);
});

test("an engine on the PATH that is too old is passed over", async () => {
    const engine = await ensureEngine(log, folders, tools([works("installer")], "3.100.0"));
    expect(engine.origin).toBe("installer");
});

test("falls back to the next source, and leaves nothing of the first", async () => {
    const engine = await ensureEngine(log, folders, tools([fails("installer", "no such host"), works("go")]));
    expect(engine).toEqual({ origin: "go", version: pinnedVersion, root: folders.root });
    expect(lines).toEqual([
        "bringing by installer …",
        "bringing by installer: no such host",
        "bringing by go …",
    ]);
    expect(await readdir(folders.root)).toEqual(["bin"]);
    expect(await readdir(folders.base)).toEqual([`v${pinnedVersion}`]);
});

test("an engine in the cache that does not work is replaced", async () => {
    await put(cached(), "");
    await ensureEngine(log, folders, tools([works("go")]));
    expect(await readFile(cached(), "utf8")).toBe(pinnedVersion);
});

test("a source that brings another version has not brought the engine", async () => {
    const other = source("installer", (root) => put(join(root, "bin", "pulumi"), "3.1.0"));
    const engine = await ensureEngine(log, folders, tools([other, works("go")]));
    expect(engine.origin).toBe("go");
    expect(lines).toContain("bringing by installer: it brought 3.1.0");
});

test("what a killed run left is cleared away", async () => {
    await put(join(`${folders.root}.partial-left`, "bin", "pulumi"), "half");
    await ensureEngine(log, folders, tools([works("go")]));
    expect(await readdir(folders.base)).toEqual([`v${pinnedVersion}`]);
});

test("two runs at once bring it once", async () => {
    let brought = 0;
    const slow = source("go", async (root) => {
        brought += 1;
        await new Promise((resolve) => setTimeout(resolve, 200));
        await put(join(root, "bin", "pulumi"), pinnedVersion);
    });
    const engines = await Promise.all([
        ensureEngine(log, folders, tools([slow])),
        ensureEngine(log, folders, tools([slow])),
    ]);
    expect(brought).toBe(1);
    expect(engines.map((engine) => engine.origin).sort()).toEqual(["cache", "go"]);
});

test("where nothing works the message says all that was tried, and what a person can do", async () => {
    const attempt = ensureEngine(
        log,
        folders,
        tools([fails("installer", "no such host"), fails("go", "spawn go ENOENT")], "3.1.0"),
    );
    await expect(attempt).rejects.toThrow(
        [
            "There is no Pulumi engine here, and none could be brought. What was tried:",
            "  - pulumi on the PATH: 3.1.0 is older than 3.216.0",
            "  - the cache: there is none",
            "  - bringing by installer: no such host",
            "  - bringing by go: spawn go ENOENT",
            "Put `pulumi` on the PATH (https://www.pulumi.com/docs/install/), or install Go, and run this again.",
        ].join("\n"),
    );
    expect(await readdir(folders.base)).toEqual([]);
});
