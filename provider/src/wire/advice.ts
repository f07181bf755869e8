import type { ErrorCode } from "./error";

/** What is known of a failed call when its advice is looked up. */
export interface Failure {
    code: ErrorCode;
    /** Service and method. */
    operation: string;
    /** Node's code for a fault of the connection. */
    nodeCode?: string | undefined;
}

const CREATES_WORKSPACE = "WorkspacesService/CreateAndStartWorkspace";

const CONNECTION: Record<string, string> = {
    ECONNREFUSED: "nothing listens at the API's address; check gitpod:host and that the installation is up",
    ENOTFOUND: "the API's host name does not exist; check gitpod:host",
    EAI_AGAIN: "the API's host name could not be looked up just now; check the network, then try again",
    ENETUNREACH: "there is no route to the API's host; check the network",
    EHOSTUNREACH: "there is no route to the API's host; check the network",
    CERT_HAS_EXPIRED: "the certificate of the API's host has expired; the installation must renew it",
    ERR_TLS_CERT_ALTNAME_INVALID: "the certificate belongs to another host; check gitpod:host",
};

const UNTRUSTED =
    "the certificate of the API's host is signed by no authority that Node.js trusts; name its authority in NODE_EXTRA_CA_CERTS";

const ADVICE: Record<ErrorCode, string> = {
    canceled: "the call was cancelled before it was answered; run `pulumi up` again",
    unknown:
        "something between here and the API answered in its place, or the server broke down; try again, and if it stays look at the address in gitpod:host and at the server's log",
    invalid_argument: "the server refuses what was asked for; its words below say what to change",
    deadline_exceeded:
        "no answer came in time; run `pulumi up` again, which looks first at what has happened",
    not_found: "it does not exist, or this token may not see it; run `pulumi refresh` to learn what is there",
    already_exists: "the server refuses since it exists already; its words below say what",
    permission_denied:
        "this token's user may not do that; use a token of the owner, with all permissions, or ask an owner of the organization",
    resource_exhausted:
        "the server's limit of calls stayed exhausted; run fewer things at once with this user, or try again in a minute",
    failed_precondition: "the server can't do that in the present state; its words below say why",
    aborted:
        "the connection broke before the answer; run `pulumi up` again, which looks first at what has happened",
    out_of_range: "the server refuses a number that was sent; please report it",
    unimplemented:
        "this installation does not serve that part of the API; check gitpod:host, or upgrade the installation",
    internal:
        "the server failed; try again in a minute, and if it stays make sure that the token is still valid (an expired one can look like this)",
    unavailable: "the API can't be reached just now; run `pulumi up` again when it can",
    data_loss: "the answer can't be understood; check that gitpod:host is a Gitpod Classic installation",
    unauthenticated:
        "the token is missing, wrong or expired; make a new one in Gitpod (User settings, Access tokens) and give it in GITPOD_TOKEN or with `pulumi config set --secret gitpod:token`",
};

/** Says in one sentence what a person can do about a failed call. Never quotes what was sent. */
export function advise(failure: Failure): string {
    const { code, nodeCode, operation } = failure;
    if (nodeCode !== undefined) {
        const known = CONNECTION[nodeCode];
        if (known !== undefined) {
            return known;
        }
        if (nodeCode.includes("CERT") || nodeCode.includes("SIGNATURE")) {
            return UNTRUSTED;
        }
    }
    if (operation === CREATES_WORKSPACE) {
        // Here the server uses common codes for causes of its own.
        if (code === "unauthenticated") {
            return "the token is not valid, or Gitpod has no access to the repository's host; connect it in Gitpod (User settings, Git providers), or renew the token";
        }
        if (code === "not_found") {
            return "the repository or the organization does not exist, or this user may not see it; check contextUrl and organizationId";
        }
        if (code === "invalid_argument") {
            return "the server refuses this workspace (the context URL, a spending limit, or too many running workspaces); its words below say which";
        }
    }
    return ADVICE[code];
}
