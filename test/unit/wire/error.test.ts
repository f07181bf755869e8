import { Code, ConnectError } from "@connectrpc/connect";
import { MalformedAnswer } from "../../../provider/src/wire/convert";
import { GitpodError, hasCode, NotConnected } from "../../../provider/src/wire/error";
import { ALL_CODES, CODES, failure, nodeError } from "../support/failures";

const OPERATION = "WorkspacesService/GetWorkspace";

test.each(ALL_CODES)("a ConnectError keeps its code: %s", (code) => {
    const error = GitpodError.from(new ConnectError("as the server put it", CODES[code]), OPERATION);
    expect(error).toMatchObject({
        name: "GitpodError",
        code,
        operation: OPERATION,
        rawMessage: "as the server put it",
        neverSent: false,
        retryAfterMs: undefined,
    });
    expect(error.message).toBe(`${OPERATION} failed: ${error.advice}\n  ${code}: as the server put it`);
});

test("a GitpodError stays what it is", () => {
    const error = failure("not_found");
    expect(GitpodError.from(error, "Another/Call")).toBe(error);
});

test.each([
    ["an Error", new Error("boom"), "unknown", "boom"],
    ["a TypeError", new TypeError("no function"), "unknown", "no function"],
    ["a string", "thrown text", "unknown", "thrown text"],
    ["undefined", undefined, "unknown", "undefined"],
    ["null", null, "unknown", "null"],
    ["an abort", Object.assign(new Error("stop"), { name: "AbortError" }), "canceled", "stop"],
    ["a malformed answer", new MalformedAnswer("a team without an id"), "data_loss", "a team without an id"],
])("%s", (_, reason, code, text) => {
    const error = GitpodError.from(reason, OPERATION);
    expect(error).toBeInstanceOf(GitpodError);
    expect(error).toMatchObject({ code, neverSent: false });
    expect(error.message).toContain(text);
});

test("a code that no table has is unknown", () => {
    expect(GitpodError.from(new ConnectError("?", 99 as Code), OPERATION).code).toBe("unknown");
});

describe("whether a call was ever sent", () => {
    test.each([
        ["ECONNREFUSED", true],
        ["ENOTFOUND", true],
        ["EAI_AGAIN", true],
        ["ENETUNREACH", true],
        ["EHOSTUNREACH", true],
        ["CERT_HAS_EXPIRED", true],
        ["DEPTH_ZERO_SELF_SIGNED_CERT", true],
        ["SELF_SIGNED_CERT_IN_CHAIN", true],
        ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", true],
        ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", true],
        ["ERR_TLS_CERT_ALTNAME_INVALID", true],
        ["ECONNRESET", false],
        ["EPIPE", false],
        ["ETIMEDOUT", false],
        ["ERR_HTTP2_STREAM_ERROR", false],
    ])("%s: %s", (code, neverSent) => {
        expect(failure("unavailable", { cause: nodeError(code) }).neverSent).toBe(neverSent);
    });

    test("is found down the chain of causes", () => {
        const cause = new Error("fetch failed", {
            cause: new Error("deeper", { cause: nodeError("ENOTFOUND") }),
        });
        expect(failure("unavailable", { cause }).neverSent).toBe(true);
    });

    test("survives a chain that closes on itself", () => {
        const cause = new Error("a");
        cause.cause = new Error("b", { cause });
        expect(failure("unavailable", { cause }).neverSent).toBe(false);
    });

    test("the address that was tried is kept as the cause, and the advice names the setting", () => {
        const error = failure("unavailable", { cause: nodeError("ECONNREFUSED") });
        expect(error.message).toContain("gitpod:host");
        expect(error.cause).toBeInstanceOf(ConnectError);
    });
});

test("where no connection was made, whatever the reason, nothing was sent", () => {
    const cause = new NotConnected("no TLS connection: the handshake took too long");
    expect(failure("unavailable", { cause }).neverSent).toBe(true);
});

test.each([
    ["http/2 stream closed with error code CANCEL (0x8)", "canceled", "aborted"],
    ["http/2 stream closed with error code INTERNAL_ERROR (0x2)", "internal", "aborted"],
    ["http/2 stream closed with error code ENHANCE_YOUR_CALM (0xb)", "resource_exhausted", "aborted"],
    ["http/2 stream closed with error code REFUSED_STREAM (0x7)", "unavailable", "unavailable"],
    ["message size 9 is larger than configured readMaxBytes 8", "resource_exhausted", "data_loss"],
] as const)("what the library says of the connection is not the server's word: %s", (message, said, code) => {
    expect(failure(said, { message }).code).toBe(code);
});

test("a proxy's whole page is not quoted", () => {
    const error = failure("unknown", { message: "<html>".repeat(10_000) });
    expect(error.message.length).toBeLessThan(2_000);
    expect(error.message).toMatch(/…$/);
});

describe("what the headers of an answer say", () => {
    test.each([
        ["2", 2_000],
        ["0.25", 250],
        ["0", 0],
        ["-1", undefined],
        ["", undefined],
        ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
        ["Infinity", undefined],
        ["120", 120_000],
        ["121", undefined],
    ])("retry-after %j is %j ms", (header, expected) => {
        const error = failure("resource_exhausted", { headers: { "retry-after": header } });
        expect(error.retryAfterMs).toBe(expected);
    });

    test("the request's id is in the message, for the installation's log", () => {
        const error = failure("internal", { message: "Oops!", headers: { "x-request-id": "4711" } });
        expect(error.message).toMatch(/\n {2}internal: Oops! \(request 4711\)$/);
    });
});

test("hasCode looks at failed calls only", () => {
    expect(hasCode(failure("not_found"), "internal", "not_found")).toBe(true);
    expect(hasCode(failure("not_found"), "internal")).toBe(false);
    expect(hasCode(new ConnectError("raw", Code.NotFound), "not_found")).toBe(false);
    expect(hasCode(undefined, "not_found")).toBe(false);
});
