import { Code, ConnectError } from "@connectrpc/connect";
import { advise } from "./advice";
import { MalformedAnswer } from "./convert";

/** The codes of gRPC, as Connect writes them. */
export type ErrorCode =
    | "canceled"
    | "unknown"
    | "invalid_argument"
    | "deadline_exceeded"
    | "not_found"
    | "already_exists"
    | "permission_denied"
    | "resource_exhausted"
    | "failed_precondition"
    | "aborted"
    | "out_of_range"
    | "unimplemented"
    | "internal"
    | "unavailable"
    | "data_loss"
    | "unauthenticated";

const CODES: Record<Code, ErrorCode> = {
    [Code.Canceled]: "canceled",
    [Code.Unknown]: "unknown",
    [Code.InvalidArgument]: "invalid_argument",
    [Code.DeadlineExceeded]: "deadline_exceeded",
    [Code.NotFound]: "not_found",
    [Code.AlreadyExists]: "already_exists",
    [Code.PermissionDenied]: "permission_denied",
    [Code.ResourceExhausted]: "resource_exhausted",
    [Code.FailedPrecondition]: "failed_precondition",
    [Code.Aborted]: "aborted",
    [Code.OutOfRange]: "out_of_range",
    [Code.Unimplemented]: "unimplemented",
    [Code.Internal]: "internal",
    [Code.Unavailable]: "unavailable",
    [Code.DataLoss]: "data_loss",
    [Code.Unauthenticated]: "unauthenticated",
};

/**
 * What Connect's library says of the connection, with codes that mean something else when the server says them: a stream
 * that broke can be "canceled", "permission_denied" or "internal" there, an answer without end "resource_exhausted",
 * one that can't be unpacked "invalid_argument".
 */
const ON_THE_CONNECTION: [RegExp, ErrorCode][] = [
    // A refused stream keeps its "unavailable".
    [/^http\/2 (stream|connection) closed with error code (?!REFUSED_STREAM)/, "aborted"],
    [/larger than configured readMaxBytes|^decompression failed$/, "data_loss"],
];

/** The code of what the connection did to a call; nothing for what the server said. */
function connectionCode(error: ConnectError): ErrorCode | undefined {
    if (nodeCode(error.cause)?.startsWith("ERR_HTTP2_") === true) {
        return "aborted";
    }
    return ON_THE_CONNECTION.find(([text]) => text.test(error.rawMessage))?.[1];
}

/** The most that an error quotes of what the server said. */
const LONGEST_QUOTE = 1_000;

function cut(text: string): string {
    return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)}…`;
}

/** No connection was made, for whatever reason: nothing was sent. */
export class NotConnected extends Error {
    override readonly name = "NotConnected";
}

/** Faults of Node's that end a call before a byte of it reached the server. */
const NEVER_SENT = new Set([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function causes(error: unknown): unknown[] {
    const chain: unknown[] = [];
    for (let next = error; next !== undefined && !chain.includes(next); ) {
        chain.push(next);
        next = next instanceof Error ? next.cause : undefined;
    }
    return chain;
}

/** Node's own code for what went wrong, such as `ECONNREFUSED`. */
function nodeCode(error: unknown): string | undefined {
    for (const cause of causes(error)) {
        if (cause instanceof Error && "code" in cause && typeof cause.code === "string") {
            return cause.code;
        }
    }
    return undefined;
}

/** The server's windows are of a minute; who asks for much more, in seconds, is not our server. */
const LONGEST_RETRY_AFTER = 120;

/** Seconds as text, fractions allowed, to milliseconds. */
function toRetryAfter(metadata: Headers): number | undefined {
    const seconds = Number.parseFloat(metadata.get("retry-after") ?? "");
    return seconds >= 0 && seconds <= LONGEST_RETRY_AFTER ? seconds * 1000 : undefined;
}

/**
 * A call of Gitpod's API that failed: the one type of error that leaves the wire side.
 *
 * The message is a sentence of advice with the operation, and what the server said below it.
 */
export class GitpodError extends Error {
    override readonly name = "GitpodError";
    /** The code, as Connect writes it. */
    readonly code: ErrorCode;
    /** Service and method, such as `WorkspacesService/GetWorkspace`. */
    readonly operation: string;
    /** What the server, or the connection, said; cut where it is very long. */
    readonly rawMessage: string;
    /** One sentence: what to do about it. */
    readonly advice: string;
    /** Whether the call surely never reached the server. */
    readonly neverSent: boolean;
    /** How long the server asks to wait, in milliseconds. */
    readonly retryAfterMs: number | undefined;

    private constructor(operation: string, cause: ConnectError, code: ErrorCode) {
        const nodes = nodeCode(cause.cause);
        const rawMessage = cut(cause.rawMessage);
        const advice = advise({ code, operation, nodeCode: nodes });
        const requestId = cause.metadata.get("x-request-id");
        const trace = requestId === null ? "" : ` (request ${cut(requestId)})`;
        super(`${operation} failed: ${advice}\n  ${code}: ${rawMessage}${trace}`, { cause });
        this.code = code;
        this.operation = operation;
        this.rawMessage = rawMessage;
        this.advice = advice;
        this.neverSent =
            (nodes !== undefined && NEVER_SENT.has(nodes)) ||
            causes(cause).some((reason) => reason instanceof NotConnected);
        this.retryAfterMs = toRetryAfter(cause.metadata);
    }

    /** What the server would say of something that it still answers for, although it is not there any more. */
    static notFound(operation: string, message: string): GitpodError {
        return new GitpodError(operation, new ConnectError(message, Code.NotFound), "not_found");
    }

    /** Gives any thrown value this shape. */
    static from(reason: unknown, operation: string): GitpodError {
        if (reason instanceof GitpodError) {
            return reason;
        }
        if (reason instanceof MalformedAnswer) {
            const error = new ConnectError(`the answer was ${reason.message}`, Code.DataLoss);
            return new GitpodError(operation, error, "data_loss");
        }
        const error = ConnectError.from(reason);
        return new GitpodError(operation, error, connectionCode(error) ?? CODES[error.code] ?? "unknown");
    }
}

/** Whether `error` is a failed call with one of `codes`. */
export function hasCode(error: unknown, ...codes: ErrorCode[]): error is GitpodError {
    return error instanceof GitpodError && codes.includes(error.code);
}
