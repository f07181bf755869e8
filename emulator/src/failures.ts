import { Code, ConnectError } from "@connectrpc/connect";

/** What went wrong inside the server, before either API has put its own code on it. */
export type FailureKind =
    | "badRequest"
    | "unauthenticated"
    | "permissionDenied"
    | "notFound"
    | "repositoryNotFound"
    | "conflict"
    | "precondition"
    | "tooManyRequests"
    | "badContext"
    | "tooManyRunning"
    | "invalidValue"
    | "internal";

/** The two APIs answer the same failure with different codes. */
const CODES: Record<FailureKind, { experimental: Code; v1: Code }> = {
    badRequest: { experimental: Code.InvalidArgument, v1: Code.InvalidArgument },
    unauthenticated: { experimental: Code.Unauthenticated, v1: Code.Unauthenticated },
    permissionDenied: { experimental: Code.PermissionDenied, v1: Code.PermissionDenied },
    notFound: { experimental: Code.NotFound, v1: Code.NotFound },
    repositoryNotFound: { experimental: Code.NotFound, v1: Code.FailedPrecondition },
    conflict: { experimental: Code.AlreadyExists, v1: Code.AlreadyExists },
    precondition: { experimental: Code.FailedPrecondition, v1: Code.FailedPrecondition },
    tooManyRequests: { experimental: Code.ResourceExhausted, v1: Code.ResourceExhausted },
    badContext: { experimental: Code.InvalidArgument, v1: Code.Unknown },
    tooManyRunning: { experimental: Code.InvalidArgument, v1: Code.FailedPrecondition },
    invalidValue: { experimental: Code.Internal, v1: Code.Unknown },
    internal: { experimental: Code.Internal, v1: Code.Internal },
};

export class ServerFailure extends Error {
    constructor(
        readonly kind: FailureKind,
        message: string,
        readonly headers: Record<string, string> = {},
    ) {
        super(message);
    }
}

export type Side = "experimental" | "v1";

export function sideOf(serviceName: string): Side {
    return serviceName.startsWith("gitpod.v1.") ? "v1" : "experimental";
}

export function toConnectError(error: unknown, side: Side): ConnectError {
    if (error instanceof ServerFailure) {
        return new ConnectError(error.message, CODES[error.kind][side], error.headers);
    }
    return ConnectError.from(error, Code.Internal);
}
