import { advise } from "../../../provider/src/wire/advice";
import type { ErrorCode } from "../../../provider/src/wire/error";
import { ALL_CODES } from "../support/failures";

const GET = "WorkspacesService/GetWorkspace";
const CREATE = "WorkspacesService/CreateAndStartWorkspace";

test.each<[ErrorCode, RegExp]>([
    ["canceled", /cancelled before it was answered; run `pulumi up` again/],
    ["unknown", /answered in its place.*gitpod:host/],
    ["invalid_argument", /refuses what was asked for; its words below/],
    ["deadline_exceeded", /no answer came in time; run `pulumi up` again, which looks first/],
    ["not_found", /does not exist, or this token may not see it; run `pulumi refresh`/],
    ["already_exists", /exists already; its words below/],
    ["permission_denied", /use a token of the owner/],
    ["resource_exhausted", /limit of calls.*try again in a minute/],
    ["failed_precondition", /can't do that in the present state; its words below/],
    ["aborted", /connection broke.*run `pulumi up` again, which looks first/],
    ["out_of_range", /refuses a number.*report it/],
    ["unimplemented", /does not serve that part of the API; check gitpod:host/],
    ["internal", /the server failed; try again.*token is still valid/],
    ["unavailable", /can't be reached just now; run `pulumi up` again/],
    ["data_loss", /can't be understood; check that gitpod:host/],
    ["unauthenticated", /make a new one.*GITPOD_TOKEN.*pulumi config set --secret gitpod:token/],
])("%s", (code, advice) => {
    expect(advise({ code, operation: GET })).toMatch(advice);
});

test("every code has advice of its own, in one sentence", () => {
    const all = ALL_CODES.map((code) => advise({ code, operation: GET }));
    expect(new Set(all).size).toBe(ALL_CODES.length);
    for (const advice of all) {
        expect(advice).not.toMatch(/\n|undefined|\.$/);
    }
});

test.each([
    ["ECONNREFUSED", /nothing listens.*check gitpod:host/],
    ["ENOTFOUND", /host name does not exist; check gitpod:host/],
    ["EAI_AGAIN", /could not be looked up just now; check the network/],
    ["ENETUNREACH", /no route.*check the network/],
    ["EHOSTUNREACH", /no route.*check the network/],
    ["CERT_HAS_EXPIRED", /certificate.*expired; the installation must renew/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /belongs to another host; check gitpod:host/],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /no authority.*NODE_EXTRA_CA_CERTS/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /no authority.*NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /no authority.*NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /no authority.*NODE_EXTRA_CA_CERTS/],
])("the connection's fault %s comes before the code", (nodeCode, advice) => {
    expect(advise({ code: "unavailable", operation: GET, nodeCode })).toMatch(advice);
    expect(advise({ code: "unauthenticated", operation: CREATE, nodeCode })).toMatch(advice);
});

test("a fault of the connection that nobody knows falls back to the code", () => {
    const plain = advise({ code: "unavailable", operation: GET });
    expect(advise({ code: "unavailable", operation: GET, nodeCode: "EPIPE" })).toBe(plain);
});

describe("a create gives common codes meanings of its own", () => {
    test.each<[ErrorCode, RegExp]>([
        ["unauthenticated", /no access to the repository's host; connect it.*or renew the token/],
        ["not_found", /repository or the organization does not exist.*check contextUrl and organizationId/],
        ["invalid_argument", /context URL, a spending limit, or too many running workspaces/],
    ])("%s", (code, advice) => {
        expect(advise({ code, operation: CREATE })).toMatch(advice);
        expect(advise({ code, operation: GET })).not.toMatch(advice);
    });

    const others = ALL_CODES.filter(
        (code) => !["unauthenticated", "not_found", "invalid_argument"].includes(code),
    );
    test.each(others)("but not %s", (code) => {
        expect(advise({ code, operation: CREATE })).toBe(advise({ code, operation: GET }));
    });
});
