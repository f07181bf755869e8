import { gzipSync } from "node:zlib";
import type { Fault } from "gitpod-emulator";
import { GitpodClient } from "../../provider/src/wire/client";
import type { ErrorCode, GitpodError } from "../../provider/src/wire/error";
import { cut, OwnServer } from "./own-server";
import { BRISK, failureOf, overEveryWire, REPOSITORY, USER_AGENT } from "./site";
import { LOCALHOST, WIRES } from "./wires";

const LONGEST_MESSAGE = 2_000;
const MEGABYTE = 1024 * 1024;

interface Answer {
    status: number;
    body: string;
    contentType: string;
    headers?: Record<string, string>;
}

const html = (status: number, title: string): Answer => ({
    status,
    contentType: "text/html; charset=utf-8",
    body: `<html><head><title>${title}</title></head><body>${"<p>nothing to see here</p>".repeat(500)}</body></html>`,
});
const json = (status: number, body: unknown): Answer => ({
    status,
    contentType: "application/json",
    body: typeof body === "string" ? body : JSON.stringify(body),
});
const proto = (body: string, headers: Record<string, string> = {}): Answer => ({
    status: 200,
    contentType: "application/proto",
    body,
    headers,
});

/** What something else than our server may answer, and what it counts as. */
const ANSWERS: [string, Answer, ErrorCode][] = [
    ["a proxy without a server behind it", html(502, "502 Bad Gateway"), "unavailable"],
    ["a proxy before a server that is overloaded", html(503, "503 Service Unavailable"), "unavailable"],
    ["a proxy that waited too long", html(504, "504 Gateway Time-out"), "unavailable"],
    ["a crashed server", { status: 500, contentType: "text/plain", body: "" }, "unknown"],
    ["a login page", html(200, "Sign in"), "unknown"],
    ["a login page that asks for a password", html(401, "Sign in"), "unauthenticated"],
    ["a firewall", html(403, "Access denied"), "permission_denied"],
    ["a page that is not there", html(404, "404 Not Found"), "unimplemented"],
    ["a page that is not there, in JSON", json(404, { message: "no Route matched" }), "unimplemented"],
    ["a page that is not there, in odd JSON", json(404, { code: 404, message: {} }), "unimplemented"],
    ["a redirect", { ...html(302, "Found"), headers: { Location: "https://example.test/login" } }, "unknown"],
    ["an answer in JSON", json(200, { result: [] }), "internal"],
    ["JSON that is none", json(500, "{ not json"), "unknown"],
    ["bytes that are no message", proto("\u007f\u007f\u007f garbage"), "internal"],
    ["bytes that are not compressed", proto("garbage", { "Content-Encoding": "gzip" }), "data_loss"],
    ["an encoding nobody knows", proto("garbage", { "Content-Encoding": "rot13" }), "internal"],
    ["an empty message", proto(""), "data_loss"],
    ["no answer at all", { status: 204, contentType: "text/plain", body: "" }, "unknown"],
    ["an endless error", json(500, { code: "internal", message: "x".repeat(MEGABYTE) }), "internal"],
    ["an endless message", proto("x".repeat(33 * MEGABYTE)), "data_loss"],
];

const REQUESTS = ["CreateAndStartWorkspace", "GetWorkspace"] as const;

/** What every failed call owes to those who read it. */
function expectClear(error: GitpodError, operation: string): void {
    expect(error.code).not.toBe("not_found");
    expect(error.operation).toBe(operation);
    expect(error.advice.length).toBeGreaterThan(20);
    expect(error.message.startsWith(`${operation} failed: ${error.advice}`)).toBe(true);
    expect(error.message.length).toBeLessThan(LONGEST_MESSAGE);
    expect(error.message).not.toMatch(/<[a-z]/i);
}

overEveryWire({}, (site) => {
    test.each(ANSWERS)("%s", async (_name, answer, code) => {
        const { emulator } = site();
        const organizationId = emulator.addTeam("Acme").id;
        const client = site().client({ clock: BRISK });
        const workspaceId = emulator.outside.create({
            contextUrl: REPOSITORY,
            organizationId,
            phase: "STOPPED",
        });
        for (const rpc of REQUESTS) {
            const fault: Fault = { rpc, when: "after", kind: "http", times: 10, ...answer };
            emulator.fail(fault);
            const call =
                rpc === "GetWorkspace"
                    ? client.getWorkspace(workspaceId)
                    : client.createWorkspace({ contextUrl: REPOSITORY, organizationId });
            const error = await failureOf(call);
            expectClear(error, `WorkspacesService/${rpc}`);
            expect(error.code).toBe(code);
        }
        // Whatever the answer was, the work was done, and must not be done again.
        expect(site().count("CreateAndStartWorkspace")).toBe(1);
        expect(emulator.workspaces()).toHaveLength(2);
        // The next call is none the worse for it.
        emulator.clearFaults();
        await expect(client.getWorkspace(workspaceId)).resolves.toMatchObject({ id: workspaceId });
    });
});

describe.each(WIRES)("$name", (wire) => {
    async function createFrom(
        handle: Parameters<typeof OwnServer.listen>[1],
    ): Promise<{ error: GitpodError; calls: number }> {
        let calls = 0;
        const server = await OwnServer.listen(wire, (request, response) => {
            calls += 1;
            handle(request, response);
        });
        const client = new GitpodClient(
            { url: server.url, token: "t", userAgent: USER_AGENT, ca: LOCALHOST.cert },
            BRISK,
        );
        const error = await failureOf(
            client.createWorkspace({ contextUrl: REPOSITORY, organizationId: "5b2e1a52" }),
        );
        client.close();
        await server.close();
        return { error, calls };
    }

    test("an answer that breaks off", async () => {
        const { error, calls } = await createFrom((request, response) => {
            response.writeHead(200, { "Content-Type": "application/proto", "Content-Length": "100" });
            response.write("half of i", () => cut(request));
        });
        expectClear(error, "WorkspacesService/CreateAndStartWorkspace");
        expect(error.code).toBe("aborted");
        expect(calls).toBe(1);
    });

    test("an answer that breaks off before it begins", async () => {
        const { error, calls } = await createFrom((request) => cut(request));
        expectClear(error, "WorkspacesService/CreateAndStartWorkspace");
        expect(error.code).toBe("aborted");
        expect(calls).toBe(1);
    });

    test("a small answer that unpacks to an endless one", async () => {
        const { error, calls } = await createFrom((_request, response) => {
            response.writeHead(200, { "Content-Type": "application/proto", "Content-Encoding": "gzip" });
            response.end(gzipSync(Buffer.alloc(64 * MEGABYTE)));
        });
        expectClear(error, "WorkspacesService/CreateAndStartWorkspace");
        expect(error.code).toBe("data_loss");
        expect(calls).toBe(1);
    });
});
