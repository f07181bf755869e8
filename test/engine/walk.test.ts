import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorkspaceView } from "gitpod-emulator";
import { INSTALL_MS, pack } from "../support/packed";
import { Project } from "../support/project";

// The page that leads from an empty folder to a stack, done word for word by somebody who only follows it.

const page = join(__dirname, "../../docs/guides/first-stack.md");

let folder: string;
let project: Project;

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-gitpod-walk-"));
    project = await Project.create();
    // It begins with nothing.
    await rm(project.path("node_modules"));
});
afterAll(async () => {
    await project.close();
    await rm(folder, { recursive: true, force: true });
});

interface Block {
    language: string;
    text: string;
    /** The headline above it. */
    section: string;
}

/** The page's blocks of code, in their order. */
function blocksOf(markdown: string): Block[] {
    const blocks: Block[] = [];
    let section = "";
    for (const [, title, language = "", text = ""] of markdown.matchAll(
        /^## ([^\n]+)$|^```(\w+)\n(.*?)^```$/gms,
    )) {
        if (title === undefined) {
            blocks.push({ language, text, section });
        } else {
            section = title;
        }
    }
    return blocks;
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return port;
}

/** What the emulator holds, as it was at the end of a section. */
async function heldAfter(section: string): Promise<{ phase: string | undefined; deleted: boolean }[]> {
    const { workspaces } = JSON.parse(await readFile(join(folder, section), "utf8")) as {
        workspaces: WorkspaceView[];
    };
    return workspaces.map(({ phase, deleted }) => ({ phase, deleted }));
}

/** What a line of the page looks like wherever it is said: the times and the phases that were seen differ. */
function patternOf(line: string): RegExp {
    const text = line.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(
        text
            .replace(/ +/g, " +")
            .replace(/\d+/g, "\\d+")
            .replace(/[A-Z]{6,}/g, "\\w+"),
    );
}

test(
    "each step does what the page says",
    async () => {
        const blocks = blocksOf(await readFile(page, "utf8"));
        const tarballs = {
            "pulumi-gitpod": await pack("provider", folder),
            "gitpod-emulator": await pack("emulator", folder),
        };
        const port = await freePort();
        const script = blocks
            .filter(({ language }) => language === "sh")
            .map(({ text, section }) => {
                const asHere = text
                    // As they are published, which they need not be yet.
                    .replace(/^npm install .*$/gm, (line) =>
                        Object.entries(tarballs).reduce(
                            (all, [name, tarball]) => all.replace(name, tarball),
                            line,
                        ),
                    )
                    // Where there is nobody to see a command fail, it ends what comes after it.
                    .replace(/--port 8080 (.*) bash$/m, `--port ${port} $1 bash -e`);
                const note = `[ -z "$GITPOD_HOST" ] || curl -sf "$GITPOD_HOST/_emulator/state" >"${folder}/${section}"`;
                return `${asHere}\n${note}\n`;
            })
            .join("");
        await project.write("walk.sh", script);
        const { code, output } = await project.run("exec bash -e <walk.sh");
        expect(output).toContain("exit code");
        expect(code).toBe(0);

        const shown = blocks
            .filter(({ language }) => language === "text")
            .flatMap(({ text }) => text.trim().split("\n"));
        expect(shown.length).toBeGreaterThan(0);
        for (const line of shown) {
            expect(output).toMatch(patternOf(line));
        }
        expect(await heldAfter("A stack")).toEqual([{ phase: "RUNNING", deleted: false }]);
        expect(await heldAfter("Drift")).toEqual([{ phase: "STOPPED", deleted: false }]);
        expect(await heldAfter("Repair")).toEqual([{ phase: "RUNNING", deleted: false }]);
        expect(await heldAfter("Away with it")).toEqual([{ phase: "STOPPED", deleted: true }]);
    },
    INSTALL_MS,
);
