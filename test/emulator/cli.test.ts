import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connectJson, send } from "./http-client";

const COMMAND = join(__dirname, "../../emulator/bin/gitpod-emulator.js");

function run(...flags: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [COMMAND, ...flags]);
}

/** The exports that it prints, by name. */
async function settingsOf(emulator: ChildProcessWithoutNullStreams): Promise<Record<string, string>> {
    const settings: Record<string, string> = {};
    for await (const line of createInterface({ input: emulator.stdout })) {
        const [, name, value] = /export (\w+)=(\S+)/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) {
            settings[name] = value;
        }
        if ("GITPOD_HOST" in settings && "GITPOD_TOKEN" in settings) {
            break;
        }
    }
    return settings;
}

test.each(["SIGINT", "SIGTERM"] as const)("serves until %s, and ends cleanly", async (signal) => {
    const emulator = run("--token", "secret", "--start-ms", "0", "--stop-ms", "0", "--no-limits", "--no-v1");
    const { GITPOD_HOST: host = "", GITPOD_TOKEN: token } = await settingsOf(emulator);
    expect(token).toBe("secret");
    const rpc = "gitpod.experimental.v1.UserService/GetAuthenticatedUser";
    const answer = await connectJson(host, rpc, {}, { Authorization: `Bearer ${token}` });
    expect(JSON.parse(answer.text)).toMatchObject({ user: { name: "alice" } });
    expect((await connectJson(host, "gitpod.v1.OrganizationService/ListOrganizations", {})).status).toBe(404);
    expect((await send(host, { method: "GET", path: "/_emulator/state" })).status).toBe(200);
    emulator.kill(signal);
    expect(await once(emulator, "exit")).toEqual([0, null]);
});

test.each([
    ["--port", "70000"],
    ["--start-ms", "soon"],
    ["--parallel-limit", "1.5"],
    ["--limits-scale", "-1"],
    ["--nonsense", ""],
])("refuses %s %s", async (...flags) => {
    const emulator = run(...flags);
    expect(await once(emulator, "exit")).toEqual([1, null]);
});

test("says so when the port is taken", async () => {
    const first = run();
    const { GITPOD_HOST: host = "" } = await settingsOf(first);
    const second = run("--port", new URL(host).port);
    expect(await once(second, "exit")).toEqual([1, null]);
    first.kill("SIGTERM");
    await once(first, "exit");
});
