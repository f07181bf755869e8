import type { Emulator } from "gitpod-emulator";
import type { Names } from "./recording";

export interface World {
    emulator: Emulator;
    names: Names;
    /** Lets that many milliseconds pass. */
    pass(ms: number): void;
    extraWorkspace?: string;
}

export interface Step {
    /** What was done beforehand. */
    before?: (world: World) => void;
    /** Whose call it is; the first user's by default. */
    as?: "second user" | "stranger";
    /** Sent instead of the caller's `Authorization`; `null` sends none. */
    authorization?: string | null;
    method?: string;
    contentType?: string;
    /** The body as it is, which is no JSON. */
    rawBody?: string;
    /** Sent instead of the recorded request. */
    request?: (names: Names) => unknown;
    /** Sent as `Connect-Timeout-Ms`; the time passes as soon as the call has arrived. */
    timeoutMs?: number;
    /** The recorded exchange is not played, for this reason. */
    skipped?: string;
}

const START_MS = 400;
const STOP_LAG_MS = 100;
const STOPPING_MS = 100;
const UNKNOWN_TOKEN = "Bearer gitpod_pat_nobody.knows";

const asSecondUser: Step = { as: "second user" };
const ofSecondWorkspace = (names: Names) => ({ workspaceId: names.of("<workspace2>") });
/** As recorded these three send an id of the wrong form, which is refused before any token is looked at (row before them). */
const unknownToken: Step = { authorization: UNKNOWN_TOKEN, request: ofSecondWorkspace };

function failAfterWork(rpc: string): Step {
    return {
        before: ({ emulator }) => emulator.fail({ rpc, when: "after", kind: "error", code: "internal" }),
    };
}

function neverAnswered(): Step {
    return {
        before: ({ emulator }) =>
            emulator.fail({
                rpc: "GetWorkspace",
                when: "before",
                kind: "delay",
                ms: Number.POSITIVE_INFINITY,
            }),
    };
}

/** By section and position within it: what an exchange needs beside being sent. */
export const STEPS: Record<string, Record<number, Step>> = {
    "bad and unknown team ids": {
        4: { request: (names) => ({ teamId: names.of("<team1>").toUpperCase() }) },
    },
    "invitations and members": {
        0: asSecondUser,
        1: asSecondUser,
        2: asSecondUser,
        3: asSecondUser,
        4: asSecondUser,
        6: asSecondUser,
    },
    running: { 0: { before: ({ pass }) => pass(START_MS) } },
    "stop: answered at once, with the phase as it was; again while stopping; start while stopping starts nothing":
        {
            1: { before: ({ pass }) => pass(STOP_LAG_MS) },
        },
    "stopped: get, stop again, owner token": { 0: { before: ({ pass }) => pass(STOPPING_MS) } },
    lists: { 0: { before: ({ pass }) => pass(START_MS) } },
    "delete: soft; get still finds it, list does not, start refuses once stopped, delete again is fine": {
        2: { before: ({ pass }) => pass(STOP_LAG_MS + STOPPING_MS) },
    },
    purged: { 0: { before: ({ emulator, names }) => emulator.outside.purge(names.of("<workspace1>")) } },
    "bad creates": {
        8: { before: ({ emulator }) => emulator.nextStart({ fail: "image build failed" }) },
        9: { before: ({ pass }) => pass(START_MS) },
    },
    "no token, bad schemes": {
        0: { authorization: null },
        1: { authorization: "bearer lower-case" },
        2: { authorization: "Basic YWxpY2U6c2VjcmV0" },
        3: { authorization: "Bearer" },
    },
    "an unknown token: the first answers, then the same token again (validation comes first)": {
        0: { authorization: UNKNOWN_TOKEN },
        1: unknownToken,
        2: unknownToken,
        3: unknownToken,
    },
    "someone else's workspace: a fellow team member, then a stranger": {
        0: asSecondUser,
        1: { as: "stranger" },
    },
    "wrong paths, methods and content types": {
        2: { method: "GET" },
        3: { contentType: "text/plain" },
        4: { rawBody: "not json" },
    },
    "services and RPCs that exist but are not implemented": {
        0: {
            skipped: "the contract has no ProjectsService, so the path is unknown: a bare 404 without a code",
        },
        2: { skipped: "the contract has no EditorService" },
    },
    "drift behind the client's back": {
        0: {
            before: ({ emulator, names }) =>
                emulator.outside.failInstance(names.of("<workspace2>"), "node went away"),
        },
        1: {
            before: ({ emulator, names, pass }) => {
                emulator.outside.start(names.of("<workspace2>"));
                pass(START_MS);
                emulator.outside.interrupt(names.of("<workspace2>"));
            },
        },
        2: { before: ({ emulator, names }) => emulator.outside.unknownPhase(names.of("<workspace2>")) },
        3: {
            before: (world) => {
                world.extraWorkspace = world.emulator.outside.create({
                    contextUrl: "https://github.com/gitpod-io/empty",
                    organizationId: world.names.of("<team1>"),
                    phase: "RUNNING",
                });
            },
        },
        4: {
            as: "second user",
            before: ({ emulator, names, extraWorkspace }) => {
                emulator.outside.purge(extraWorkspace ?? "");
                emulator.outside.renameTeam(names.of("<team1>"), "Renamed elsewhere");
            },
        },
    },
    "faults: the backend did the work, but the answer is an error": {
        0: failAfterWork("CreateAndStartWorkspace"),
        1: failAfterWork("CreateTeam"),
        3: {
            before: ({ emulator, names }) => {
                emulator.outside.start(names.of("<workspace2>"));
                emulator.fail({ rpc: "StopWorkspace", when: "after", kind: "error", code: "internal" });
            },
        },
    },
    "faults: answered as if it were done, but it is not": {
        0: { before: ({ emulator }) => emulator.fail({ rpc: "DeleteTeam", when: "before", kind: "noop" }) },
    },
    "faults: backend connection lost in mid-call: no answer until the client (3 s here) or connect-timeout-ms gives up; then it works again":
        {
            0: neverAnswered(),
            1: { before: ({ pass }) => pass(STOP_LAG_MS + STOPPING_MS) },
            2: { ...neverAnswered(), timeoutMs: 1000 },
        },
    "faults: slow backend against connect-timeout-ms": { 0: { ...neverAnswered(), timeoutMs: 1000 } },
};
