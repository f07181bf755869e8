import { Code, ConnectError } from "@connectrpc/connect";
import { type ErrorCode, GitpodError } from "../../../provider/src/wire/error";

/** Every code, in the order of its number. */
export const CODES = {
    canceled: Code.Canceled,
    unknown: Code.Unknown,
    invalid_argument: Code.InvalidArgument,
    deadline_exceeded: Code.DeadlineExceeded,
    not_found: Code.NotFound,
    already_exists: Code.AlreadyExists,
    permission_denied: Code.PermissionDenied,
    resource_exhausted: Code.ResourceExhausted,
    failed_precondition: Code.FailedPrecondition,
    aborted: Code.Aborted,
    out_of_range: Code.OutOfRange,
    unimplemented: Code.Unimplemented,
    internal: Code.Internal,
    unavailable: Code.Unavailable,
    data_loss: Code.DataLoss,
    unauthenticated: Code.Unauthenticated,
} as const satisfies Record<ErrorCode, Code>;

export const ALL_CODES = Object.keys(CODES) as ErrorCode[];

/** An error of Node's with its code. */
export function nodeError(code: string, cause?: unknown): Error {
    return Object.assign(new Error(`${code} at 192.0.2.1:443`, { cause }), { code });
}

export interface FailureOptions {
    message?: string;
    /** What Node said of the connection. */
    cause?: unknown;
    headers?: Record<string, string>;
    operation?: string;
}

/** A failed call. */
export function failure(code: ErrorCode, options: FailureOptions = {}): GitpodError {
    const { message = `the server said ${code}`, cause, headers, operation = "Service/Method" } = options;
    return GitpodError.from(new ConnectError(message, CODES[code], headers, undefined, cause), operation);
}

/** A call that found nobody at the other end. */
export function neverSent(): GitpodError {
    return failure("unavailable", { cause: nodeError("ECONNREFUSED") });
}
