import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as gitpod from "pulumi-gitpod";
import { World } from "./fixture";

// What a run costs in calls and bytes, pinned; `bench/` measures seconds and memory.

/** As many as the server lets be created at once, so that real time is quick enough. */
const COUNT = 3;
const READS = ["GetAuthenticatedUser", "ListTeams", "ListWorkspaces", "GetWorkspace"];

let world: World | undefined;
afterEach(async () => {
    await world?.close();
    world = undefined;
});

interface Calls {
    reads: number;
    others: Record<string, number>;
}

async function callsOf(run: (world: World) => Promise<unknown>, here: World): Promise<Calls> {
    here.emulator.clearCalls();
    await run(here);
    const calls: Calls = { reads: 0, others: {} };
    for (const { rpc } of here.emulator.calls) {
        if (READS.includes(rpc)) {
            calls.reads += 1;
        } else {
            calls.others[rpc] = (calls.others[rpc] ?? 0) + 1;
        }
    }
    return calls;
}

test("the calls of a life: creates grow with the workspaces, reads do not", async () => {
    // In real time: what asks soon after another shares its answer.
    const here = await World.create({ emulator: { limits: {} }, env: { PULUMI_GITPOD_TIME_SCALE: "1" } });
    world = here;
    here.declare(async () => {
        for (let index = 0; index < COUNT; index++) {
            new gitpod.Workspace(`workspace-${index}`, {
                contextUrl: `https://github.com/acme/shop/pull/${index + 1}`,
                running: true,
            });
        }
    });
    const up = await callsOf(({ stack }) => stack.up({ parallel: COUNT }), here);
    expect(up.others).toEqual({ CreateAndStartWorkspace: COUNT });
    // The user, the teams, looks for the marks, and looks for the phase soon after the creates.
    expect(up.reads).toBeLessThanOrEqual(10);

    expect(await callsOf(({ stack }) => stack.up({ expectNoChanges: true }), here)).toEqual({
        reads: 0,
        others: {},
    });
    const refresh = await callsOf(({ stack }) => stack.refresh({ parallel: COUNT }), here);
    expect(refresh).toEqual({ reads: 1, others: {} });

    const destroy = await callsOf(({ stack }) => stack.destroy({ parallel: COUNT }), here);
    expect(destroy.others).toEqual({ StopWorkspace: COUNT, DeleteWorkspace: COUNT });
    expect(destroy.reads).toBeLessThanOrEqual(10);
});

test("the state holds at most 3 kB of a workspace, and of them 100 bytes of the provider, twice", async () => {
    world = await World.create();
    world.declareWorkspace({ running: true });
    await world.stack.up();
    const resource = await world.stack.resource("review");
    expect(Buffer.byteLength(JSON.stringify(resource))).toBeLessThanOrEqual(3_000);
    for (const bag of [resource?.inputs, resource?.outputs]) {
        expect(String(bag?.["__provider"]).length).toBeLessThanOrEqual(100);
    }
});

describe("what is loaded", () => {
    /** The modules that this loads besides the SDK, each from its package on. */
    async function loadedBy(script: string): Promise<string[]> {
        const program = `
            require("@pulumi/pulumi");
            const before = new Set(Object.keys(require.cache));
            ${script};
            console.log(JSON.stringify(Object.keys(require.cache).filter((path) => !before.has(path))));
            process.exit();`;
        const env = { ...process.env, GITPOD_TOKEN: "never-sent" };
        const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], { env });
        return (JSON.parse(stdout) as string[]).map((path) => path.replace(/^.*\/(node_modules|dist)\//, ""));
    }
    const client = expect.stringMatching(/^(wire\/client|@connectrpc)/);
    const schema = expect.stringMatching(/^(plugin\/workspace\/inputs|zod)/);

    test("by the import in a program: nothing of the plugin, nor of what it depends on", async () => {
        const loaded = await loadedBy(`require("pulumi-gitpod")`);
        expect(loaded).toContain("workspace.js");
        expect(loaded.filter((path) => /^(plugin|wire|zod|@)/.test(path))).toEqual([]);
    });

    const plugin = `const plugin = require("pulumi-gitpod/workspace"); plugin.configure({ config: { get: () => undefined } })`;

    test("by a check and a diff: not the client", async () => {
        const inputs = `{ contextUrl: "https://github.com/acme/shop" }`;
        const loaded = await loadedBy(
            `${plugin}; plugin.check({}, ${inputs}); plugin.diff("id", ${inputs}, ${inputs})`,
        );
        expect(loaded).toContainEqual(schema);
        expect(loaded).not.toContainEqual(client);
    });

    test("by a read and a delete: not the schema", async () => {
        const loaded = await loadedBy(`${plugin}; plugin.read("id", {}); plugin.delete("id", {})`);
        expect(loaded).toContainEqual(client);
        expect(loaded).not.toContainEqual(schema);
    });
});
