import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { connectJson, send } from "./http-client";

const COMMAND = join(__dirname, "../../emulator/bin/gitpod-emulator.js");

function run(...flags: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [COMMAND, ...flags]);
}

/** The exports that it prints, by name, and the address of its page. */
async function settingsOf(emulator: ChildProcessWithoutNullStreams): Promise<Record<string, string>> {
    const settings: Record<string, string> = {};
    for await (const line of createInterface({ input: emulator.stdout })) {
        const [, name, value] = /export (\w+)=(\S+)/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) {
            settings[name] = value;
        }
        const page = /Open (\S+) in a browser/.exec(line)?.[1];
        if (page !== undefined) {
            return { ...settings, page };
        }
    }
    return settings;
}

test.each(["SIGINT", "SIGTERM"] as const)("serves until %s, and ends cleanly", async (signal) => {
    const emulator = run("--token", "secret", "--start-ms", "0", "--stop-ms", "0", "--no-limits", "--no-v1");
    const { GITPOD_HOST: host = "", GITPOD_TOKEN: token, page } = await settingsOf(emulator);
    expect(token).toBe("secret");
    const rpc = "gitpod.experimental.v1.UserService/GetAuthenticatedUser";
    const answer = await connectJson(host, rpc, {}, { Authorization: `Bearer ${token}` });
    expect(JSON.parse(answer.text)).toMatchObject({ user: { name: "alice" } });
    expect((await connectJson(host, "gitpod.v1.OrganizationService/ListOrganizations", {})).status).toBe(404);
    expect(page).toBe(`${host}/_emulator/`);
    expect((await send(host, { method: "GET", path: "/_emulator/" })).text).toMatch(/^<!doctype html>/);
    emulator.kill(signal);
    expect(await once(emulator, "exit")).toEqual([0, null]);
});

test.each([
    ["--port", "70000"],
    ["--start-ms", "soon"],
    ["--parallel-limit", "1.5"],
    ["--limits-scale", "-1"],
    ["--nonsense", ""],
    ["--team", "ab"],
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

test("makes a team of the first user", async () => {
    const emulator = run("--team", "Acme");
    let id: string | undefined;
    for await (const line of createInterface({ input: emulator.stdout })) {
        [, id] = /export GITPOD_ORGANIZATION_ID=(\S+)/.exec(line) ?? [];
        if (id !== undefined) {
            break;
        }
    }
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    emulator.kill("SIGTERM");
    await once(emulator, "exit");
});

describe("a command", () => {
    function runCommand(flags: string[], program: string): ChildProcessWithoutNullStreams {
        return run(...flags, "--", process.execPath, "-e", program);
    }

    test("finds the API in its environment, and ends with its own code", async () => {
        const emulator = runCommand(
            ["--team", "Acme"],
            `const { GITPOD_HOST, GITPOD_TOKEN, GITPOD_ORGANIZATION_ID } = process.env;
            fetch(GITPOD_HOST + "/_emulator/state").then((answer) => answer.json()).then(({ teams, users }) => {
                console.log(JSON.stringify([teams[0].id === GITPOD_ORGANIZATION_ID, users[0].token === GITPOD_TOKEN]));
                process.exit(7);
            });`,
        );
        const [written, ended] = await Promise.all([text(emulator.stdout), once(emulator, "exit")]);
        expect(written).toBe("[true,true]\n");
        expect(ended).toEqual([7, null]);
    });

    test("does not find the organization of another API", async () => {
        process.env["GITPOD_ORGANIZATION_ID"] = "of another one";
        try {
            const emulator = runCommand([], "console.log(process.env.GITPOD_ORGANIZATION_ID)");
            expect(await text(emulator.stdout)).toBe("undefined\n");
        } finally {
            delete process.env["GITPOD_ORGANIZATION_ID"];
        }
    });

    test.each(["SIGINT", "SIGTERM"] as const)("is given a %s, and decides how to end", async (signal) => {
        const emulator = runCommand(
            [],
            `process.once("${signal}", () => process.exit(3));
            setInterval(() => undefined, 1000);
            console.log("ready");`,
        );
        await once(emulator.stdout, "data");
        emulator.kill(signal);
        expect(await once(emulator, "exit")).toEqual([3, null]);
    });

    test("that a signal ends is told by its code", async () => {
        const emulator = runCommand([], `process.kill(process.pid, "SIGKILL")`);
        expect(await once(emulator, "exit")).toEqual([137, null]);
    });

    test("that is not there is told", async () => {
        const emulator = run("--", "no-such-command");
        const [written, ended] = await Promise.all([text(emulator.stderr), once(emulator, "exit")]);
        expect(written).toContain("no-such-command can't be run");
        expect(ended).toEqual([127, null]);
    });
});
