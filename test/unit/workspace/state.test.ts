import { secret } from "../../../provider/src/plugin/bag";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { nameOf, needsAction, timeoutMs } from "../../../provider/src/plugin/workspace/lifecycle";
import {
    isRunning,
    type Observed,
    observe,
    observedOf,
    toBag,
    toInputs,
    toState,
    type WorkspaceState,
} from "../../../provider/src/plugin/workspace/state";
import { PHASES, type Phase, type Workspace } from "../../../provider/src/wire/domain";
import { ADA, instanceIn, ORG, SHOP, workspaceIn } from "../support/fake-client";

const URN = "urn:pulumi:dev::shop::T::review";
const BARE: WorkspaceInputs = { contextUrl: SHOP };
const FULL: WorkspaceInputs = {
    contextUrl: SHOP,
    prebuildId: "4711",
    organizationId: ORG,
    running: true,
    workspaceClass: "g1-large",
    editor: { name: "goland", version: "latest" },
    region: "europe",
    forceDefaultConfig: true,
    forceDestroy: true,
    waitFor: "none",
    timeouts: { start: "1h", stop: "5m", delete: "5m" },
    adopt: "acme-shop-k3j9x0q2ab1",
    mark: URN,
};
const WHOLE: Workspace = {
    id: "acme-shop-k3j9x0q2ab1",
    ownerId: ADA.id,
    projectId: "p",
    description: "acme/shop",
    context: { contextUrl: SHOP, git: { normalizedContextUrl: SHOP } },
    instance: instanceIn("RUNNING", {
        createdAt: "2026-01-01T00:00:00.000Z",
        url: "https://w.ws.gitpod.io",
        ports: [{ port: 80, policy: "public", protocol: "http" }],
    }),
};

/** Fails where a property is undefined, at any depth: the host can't encode it. */
function expectEncodable(value: unknown): void {
    expect(value).not.toBeUndefined();
    if (typeof value === "object" && value !== null) {
        Object.values(value).forEach(expectEncodable);
    }
}

describe("whether it runs", () => {
    const SHOWN: Record<Phase, boolean | "as it did"> = {
        UNSPECIFIED: "as it did",
        PREPARING: true,
        IMAGEBUILD: true,
        PENDING: true,
        CREATING: true,
        INITIALIZING: true,
        RUNNING: true,
        INTERRUPTED: true,
        STOPPING: false,
        STOPPED: false,
    };
    test.each(PHASES.map((phase) => [phase, SHOWN[phase]] as const))("%s: %s", (phase, running) => {
        for (const last of [true, false]) {
            expect(isRunning(phase, last)).toBe(running === "as it did" ? last : running);
        }
    });

    test("no instance: no", () => {
        expect(isRunning(undefined, true)).toBe(false);
    });
});

describe("what is seen", () => {
    test("of a whole workspace", () => {
        expect(observe(WHOLE, false)).toStrictEqual({
            ownerId: ADA.id,
            projectId: "p",
            description: "acme/shop",
            context: WHOLE.context,
            instanceId: "run-1",
            phase: "RUNNING",
            url: "https://w.ws.gitpod.io",
            running: true,
            ports: [{ port: 80, policy: "public", protocol: "http" }],
            createdAt: "2026-01-01T00:00:00.000Z",
        });
    });

    test("of one that never ran", () => {
        expect(observe(workspaceIn("w", undefined), true)).toStrictEqual({
            ownerId: ADA.id,
            context: { contextUrl: SHOP },
            running: false,
            ports: [],
        });
    });

    test.each<[Phase, object, string | undefined]>([
        ["STOPPED", {}, "requested"],
        ["STOPPED", { failed: "f" }, "failed"],
        ["STOPPED", { timeout: "t" }, "timeout"],
        ["STOPPED", { failed: "f", timeout: "t" }, "failed"],
        ["STOPPING", { timeout: "t" }, undefined],
        ["RUNNING", { failed: "f" }, undefined],
    ])("%s %j stopped because: %s", (phase, conditions, reason) => {
        expect(observe(workspaceIn("w", phase, conditions), true).stopReason).toBe(reason);
    });
});

describe("the state", () => {
    test.each([
        ["bare", BARE],
        ["full", FULL],
        ["managed", { ...BARE, running: true }],
        ["in a written organization", { ...BARE, organizationId: ORG }],
    ] as [string, WorkspaceInputs][])(
        "gives back the inputs it was made from, where it runs as declared: %s",
        (_, inputs) => {
            const state = toState(inputs, ORG, observe(WHOLE, true));
            expect(toInputs(state)).toStrictEqual(inputs);
            expectEncodable(state);
            expectEncodable(toInputs(state));
        },
    );

    test("shows drift as another input", () => {
        const state = toState({ ...BARE, running: true }, ORG, observe(workspaceIn("w", "STOPPED"), true));
        expect(toInputs(state)).toStrictEqual({ ...BARE, running: false });
    });

    test("does not show an observed value as declared", () => {
        const state = toState(BARE, ORG, observe(WHOLE, true));
        expect(state).toMatchObject({ running: true, organizationId: ORG, declared: [] });
        expect(toInputs(state)).toStrictEqual(BARE);
    });

    test.each<[WorkspaceInputs, string[]]>([
        [BARE, []],
        [{ ...BARE, running: false }, ["running"]],
        [FULL, ["organizationId", "running"]],
    ])("knows what was declared", (inputs, declared) => {
        expect(toState(inputs, ORG, { running: true }).declared).toEqual(declared);
    });

    test("drops inputs that are undefined", () => {
        const inputs: WorkspaceInputs = { ...BARE, timeouts: { start: "1h" } };
        for (const key of ["region", "editor", "running", "organizationId"]) {
            Object.defineProperty(inputs, key, { value: undefined, enumerable: true });
        }
        Object.defineProperty(inputs.timeouts, "stop", { value: undefined, enumerable: true });
        expect(Object.keys(inputs)).toContain("region");
        expectEncodable(toState(inputs, ORG, { running: true }));
    });

    test("keeps what was seen, for an update that makes no call", () => {
        const seen = observe(WHOLE, true);
        expect(observedOf(toState(FULL, ORG, seen))).toStrictEqual(seen);
        const little: Observed = { running: false };
        expect(observedOf(toState(BARE, ORG, little))).toStrictEqual(little);
    });

    test("of a workspace that has lost its instance does not keep the old one's values", () => {
        const before = toState(BARE, ORG, observe(WHOLE, true));
        const after = toState(toInputs(before), ORG, observe(workspaceIn("w", undefined), true));
        expect(after).not.toHaveProperty("url");
        expect(after).not.toHaveProperty("instanceId");
    });
});

describe("whether the saved state leaves something to do", () => {
    const state = (running: boolean, phase?: Phase): WorkspaceState =>
        toState(BARE, ORG, {
            running,
            context: { contextUrl: SHOP },
            ...(phase === undefined ? {} : { phase }),
        });

    test.each<
        [boolean, Phase | undefined, "running" | "running, no wait" | "stopped" | "unmanaged", boolean]
    >([
        [true, "RUNNING", "running", false],
        [true, "INTERRUPTED", "running", false],
        [true, "PREPARING", "running", true],
        [true, "IMAGEBUILD", "running", true],
        [true, "UNSPECIFIED", "running", true],
        [true, undefined, "running", true],
        [true, "PREPARING", "running, no wait", false],
        [false, "STOPPED", "running", true],
        [false, "STOPPED", "running, no wait", true],
        [false, "STOPPING", "running", true],
        [false, undefined, "running", true],
        [false, "STOPPED", "stopped", false],
        [false, undefined, "stopped", false],
        [false, "STOPPING", "stopped", true],
        [false, "UNSPECIFIED", "stopped", true],
        [true, "RUNNING", "stopped", true],
        [true, "PREPARING", "stopped", true],
        [true, "RUNNING", "unmanaged", false],
        [false, "STOPPED", "unmanaged", false],
        [true, "PREPARING", "unmanaged", false],
    ])("saved running: %s in %s, now %s: %s", (running, phase, wanted, something) => {
        const news: WorkspaceInputs = {
            ...BARE,
            ...(wanted === "unmanaged" ? {} : { running: wanted !== "stopped" }),
            ...(wanted === "running, no wait" ? { waitFor: "none" as const } : {}),
        };
        expect(needsAction(state(running, phase), news)).toBe(something);
    });

    // Of a create whose first look failed: the server may have made nothing.
    test.each([{}, { running: true }, { running: true, waitFor: "none" as const }, { running: false }])(
        "never seen, now %j: true",
        (wanted) => {
            expect(needsAction(toState(BARE, ORG, { running: true }), { ...BARE, ...wanted })).toBe(true);
        },
    );
});

test("what the server repeats of a secret context URL is a secret output, and nothing else is", () => {
    const state = toState({ ...BARE, secretContext: true }, ORG, observe(WHOLE, true));
    expect(toBag(state)).toStrictEqual({ ...state, context: secret(WHOLE.context) });
    expect(toInputs(state)).toStrictEqual({ ...BARE, secretContext: true });
    const plain = toState(BARE, ORG, observe(WHOLE, true));
    expect(toBag(plain)).toStrictEqual(plain);
});

test.each([
    ["start", 20 * 60_000],
    ["stop", 10 * 60_000],
    ["delete", 10 * 60_000],
] as const)("the default of timeouts.%s", (kind, ms) => {
    expect(timeoutMs({}, kind)).toBe(ms);
    expect(timeoutMs({ timeouts: {} }, kind)).toBe(ms);
    expect(timeoutMs({ timeouts: { [kind]: "90s" } }, kind)).toBe(90_000);
});

test("people know a workspace by the name of its resource, else by its id", () => {
    expect(nameOf({ mark: URN }, "w")).toBe("review");
    expect(nameOf({}, "w")).toBe("w");
});
