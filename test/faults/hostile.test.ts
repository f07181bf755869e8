import type { Fault } from "gitpod-emulator";
import { World } from "../engine/fixture";

// What something else than Gitpod answers, on the real engine: no run hangs, fails without a reason, or takes anything for gone.

type Answer = Extract<Fault, { kind: "http" }>;

const HTML = "text/html; charset=utf-8";
const PROTO = "application/proto";
const PAGE = `<html><body>${"<p>nothing to see here</p>".repeat(500)}</body></html>`;
const MEGABYTE = 1024 * 1024;

const http = (
    status: number,
    contentType: string,
    body: string,
    headers: Record<string, string> = {},
): Pick<Answer, "kind" | "status" | "contentType" | "body" | "headers"> => ({
    kind: "http",
    status,
    contentType,
    body,
    headers,
});

const everything = process.env["FAULTS"] === "all";

/** Those that a plain `npm test` plays: the ones that come closest to an answer of the server's. */
const PINNED = ["a login page", "a page that is not there", "bytes that are no message", "an empty message"];

const ALL: [string, ReturnType<typeof http>][] = [
    ["a login page", http(200, HTML, PAGE)],
    ["a page that is not there", http(404, HTML, PAGE)],
    [
        "a page that is not there, in JSON",
        http(404, "application/json", JSON.stringify({ message: "no Route" })),
    ],
    ["a page that is gone for good", http(410, HTML, PAGE)],
    ["a proxy without a server behind it", http(502, HTML, PAGE)],
    ["a redirect", http(302, HTML, PAGE, { Location: "https://login.example.test/" })],
    ["no content", http(204, "text/plain", "")],
    ["bytes that are no message", http(200, PROTO, "\u007f\u007f\u007f garbage")],
    ["an answer that claims to be packed", http(200, PROTO, "garbage", { "Content-Encoding": "gzip" })],
    ["an endless message", http(200, PROTO, "x".repeat(33 * MEGABYTE))],
    ["an empty message", http(200, PROTO, "")],
];

const ANSWERS = ALL.filter(([what]) => everything || PINNED.includes(what));

const LONGEST_MESSAGE = 20_000;
/** All that the life of a workspace calls. */
const READS = ["GetAuthenticatedUser", "ListTeams", "ListWorkspaces", "GetWorkspace"];
const WRITES = ["CreateAndStartWorkspace", "StartWorkspace", "StopWorkspace", "DeleteWorkspace"];

let world: World;
afterEach(() => world.close());

function answerAll(rpcs: string[], answer: ReturnType<typeof http>): void {
    for (const rpc of rpcs) {
        world.emulator.fail({ rpc, when: "before", times: Number.POSITIVE_INFINITY, ...answer });
    }
}

/** A run that must fail: with a message that a person can read. */
async function expectFailure(run: Promise<unknown>): Promise<void> {
    const failure: unknown = await run.then(
        () => undefined,
        (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Error);
    const text = String(failure);
    expect(text).toContain(" failed: ");
    expect(text.length).toBeLessThan(LONGEST_MESSAGE);
    expect(text).not.toMatch(/<p>|unhandled|TypeError|undefined/i);
}

test.each(ANSWERS)("%s to everything ends every run, and loses nothing", async (_, answer) => {
    world = await World.create();
    const { stack, emulator } = world;
    world.declareWorkspace({ running: true });
    answerAll([...READS, ...WRITES], answer);
    await expectFailure(stack.up());
    expect(world.alive()).toEqual([]);
    expect(await stack.resource("review")).toBeUndefined();

    emulator.clearFaults();
    await stack.up();
    const { id } = world.only();

    answerAll([...READS, ...WRITES], answer);
    await expectFailure(stack.refresh());
    world.declareWorkspace({ running: false });
    await expectFailure(stack.up());
    await expectFailure(stack.destroy());
    expect(await stack.resource("review")).toMatchObject({ id });
    expect(world.only()).toMatchObject({ id, phase: "RUNNING" });

    emulator.clearFaults();
    await stack.up();
    expect(world.only()).toMatchObject({ id, phase: "STOPPED" });
    await world.expectSettled();
    await stack.destroy();
    expect(world.alive()).toEqual([]);
});

test.each(ANSWERS)("%s to writes alone ends every run, and the next one goes on", async (_, answer) => {
    world = await World.create();
    const { stack, emulator } = world;
    world.declareWorkspace({ running: true });
    await stack.up();
    const { id } = world.only();
    for (const rpc of WRITES) {
        emulator.fail({ rpc, when: "before", times: Number.POSITIVE_INFINITY, ...answer });
    }
    world.declareWorkspace({ running: false, timeouts: { stop: "20s", delete: "20s" } });
    const stopped = stack.up();
    // An empty message is what a stop and a deletion answer, so these run into their own time limits.
    await expect(stopped).rejects.toThrow(/failed: |is not stopped after \d+ s/);
    await expect(stack.destroy()).rejects.toThrow(/failed: |is not stopped after \d+ s/);
    expect(await stack.resource("review")).toMatchObject({ id });
    expect(world.only().id).toBe(id);

    emulator.clearFaults();
    await stack.up();
    expect(world.only()).toMatchObject({ id, phase: "STOPPED" });
    await stack.destroy();
    expect(world.alive()).toEqual([]);
});
