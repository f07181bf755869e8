import type { Call } from "gitpod-emulator";

/** What either API answers, or what stands before it answers in its place (gitpod-api §5.2). */
const EITHER = [
    "invalid_argument",
    "unauthenticated",
    "permission_denied",
    "not_found",
    "already_exists",
    "failed_precondition",
    "resource_exhausted",
    "internal",
    "deadline_exceeded",
    // A crashed handler or the page of a proxy.
    "unknown",
    // A proxy whose server restarts.
    "unavailable",
] as const;

/** What only the converter of `gitpod.v1` answers. */
const V1_ONLY = ["canceled", "unimplemented"] as const;

type Code = (typeof EITHER)[number] | (typeof V1_ONLY)[number];

/** The codes that the server can answer to this call, before its work or after it. */
export function codesOf({ service, rpc }: Pick<Call, "service" | "rpc">, when: "before" | "after"): Code[] {
    const v1 = service.startsWith("gitpod.v1.");
    const codes: Code[] = v1 ? [...EITHER, ...V1_ONLY] : [...EITHER];
    // Of the calls that are made of several inner ones the later ones have a limit too: those fail after the work. These
    // are one inner call, and its limiter acts first.
    const limiterFirst = v1 || rpc === "CreateAndStartWorkspace";
    return when === "after" && limiterFirst ? codes.filter((code) => code !== "resource_exhausted") : codes;
}
