import { UNKNOWN } from "../../../provider/src/plugin/unknown";
import { diffWorkspace } from "../../../provider/src/plugin/workspace/diff";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { toState, type WorkspaceState } from "../../../provider/src/plugin/workspace/state";
import { ADA, ORG, SHOP } from "../support/fake-client";

const OTHER = "5c7d0f3e-8a61-4c1b-9b1e-2f4a6d8c0e13";
const INPUTS: WorkspaceInputs = { contextUrl: SHOP, mark: "urn:1" };

function saved(inputs: Partial<WorkspaceInputs> = {}, running = inputs.running ?? true): WorkspaceState {
    const phase = running ? "RUNNING" : "STOPPED";
    return toState({ ...INPUTS, ...inputs }, ORG, { ownerId: ADA.id, phase, running });
}

type Change = Partial<WorkspaceInputs>;
type Expected = "none" | "update" | { replace: string };
const NONE = { changes: false, replaces: [], deleteBeforeReplace: true };

function expected(what: Expected): object {
    if (what === "none") {
        return NONE;
    }
    return { ...NONE, changes: true, replaces: what === "update" ? [] : [what.replace] };
}

test.each<[string, Change, Change, Expected]>([
    // What the program wrote before, what it writes now.
    ["nothing", {}, {}, "none"],
    ["contextUrl", {}, { contextUrl: `${SHOP}/tree/b` }, { replace: "contextUrl" }],
    ["prebuildId set", {}, { prebuildId: "4711" }, { replace: "prebuildId" }],
    ["prebuildId removed", { prebuildId: "4711" }, {}, { replace: "prebuildId" }],
    ["workspaceClass set", {}, { workspaceClass: "g1-large" }, { replace: "workspaceClass" }],
    [
        "workspaceClass changed",
        { workspaceClass: "a" },
        { workspaceClass: "b" },
        { replace: "workspaceClass" },
    ],
    ["workspaceClass kept", { workspaceClass: "a" }, { workspaceClass: "a" }, "none"],
    ["region set", {}, { region: "europe" }, { replace: "region" }],
    ["editor set", {}, { editor: { name: "code" } }, { replace: "editor" }],
    ["editor removed", { editor: { name: "code" } }, {}, { replace: "editor" }],
    ["editor changed", { editor: { name: "code" } }, { editor: { name: "goland" } }, { replace: "editor" }],
    [
        "editor's version",
        { editor: { name: "code" } },
        { editor: { name: "code", version: "latest" } },
        { replace: "editor" },
    ],
    [
        "editor's default version",
        { editor: { name: "code" } },
        { editor: { name: "code", version: "stable" } },
        "none",
    ],
    ["forceDefaultConfig", {}, { forceDefaultConfig: true }, { replace: "forceDefaultConfig" }],
    ["forceDefaultConfig's default", {}, { forceDefaultConfig: false }, "none"],
    [
        "organizationId changed",
        { organizationId: ORG },
        { organizationId: OTHER },
        { replace: "organizationId" },
    ],
    ["organizationId kept", { organizationId: ORG }, { organizationId: ORG }, "none"],
    ["organizationId left out now", { organizationId: ORG }, {}, "update"],
    ["organizationId written now, the same", {}, { organizationId: ORG }, "update"],
    ["organizationId written now, another", {}, { organizationId: OTHER }, { replace: "organizationId" }],
    ["forceDestroy set", {}, { forceDestroy: true }, "update"],
    ["forceDestroy removed", { forceDestroy: true }, {}, "update"],
    ["forceDestroy kept", { forceDestroy: true }, { forceDestroy: true }, "none"],
    ["waitFor", {}, { waitFor: "none" }, "update"],
    ["timeouts set", {}, { timeouts: { start: "1h" } }, "update"],
    ["timeouts changed", { timeouts: { start: "1h" } }, { timeouts: { start: "2h" } }, "update"],
    ["timeouts kept", { timeouts: { start: "1h" } }, { timeouts: { start: "1h" } }, "none"],
    ["running set to what it is", {}, { running: true }, "update"],
    ["running set to what it is not", {}, { running: false }, "update"],
    ["running kept", { running: true }, { running: true }, "none"],
    ["running flipped", { running: true }, { running: false }, "update"],
    ["running no longer managed", { running: true }, {}, "update"],
    ["adopt set", {}, { adopt: "acme-shop-k3j9x0q2ab1" }, "none"],
    ["adopt removed", { adopt: "acme-shop-k3j9x0q2ab1" }, {}, "none"],
    ["mark", {}, { mark: "urn:2" }, "none"],
    // So that what is saved already is encrypted.
    ["contextUrl a secret now", {}, { secretContext: true }, "update"],
    ["contextUrl a secret still", { secretContext: true }, { secretContext: true }, "none"],
])("%s", (_, before, now, what) => {
    expect(diffWorkspace(saved(before), { ...INPUTS, ...now })).toEqual(expected(what));
});

describe("drift of the running state", () => {
    test.each<[string, boolean | undefined, boolean, Expected]>([
        ["managed and as declared", true, true, "none"],
        ["managed, stopped by somebody", true, false, "update"],
        ["managed, started by somebody", false, true, "update"],
        ["not managed, running", undefined, true, "none"],
        ["not managed, stopped", undefined, false, "none"],
    ])("%s", (_, declared, observed, what) => {
        const change = declared === undefined ? {} : { running: declared };
        expect(diffWorkspace(saved(change, observed), { ...INPUTS, ...change })).toEqual(expected(what));
    });
});

test("several changes that replace are all named", () => {
    const news = { ...INPUTS, region: "europe", workspaceClass: "g1-large", organizationId: OTHER };
    expect(diffWorkspace(saved(), news).replaces.sort()).toEqual([
        "organizationId",
        "region",
        "workspaceClass",
    ]);
});

test("what was only observed is no change", () => {
    const seen: WorkspaceState = {
        ...saved(),
        description: "another title",
        instanceId: "another run",
        url: "https://elsewhere",
        ports: [{ port: 80, policy: "public", protocol: "http" }],
        context: { contextUrl: "as the server keeps it" },
    };
    expect(diffWorkspace(seen, INPUTS)).toEqual(NONE);
});

describe("what is not known in a preview", () => {
    test.each(["contextUrl", "prebuildId", "organizationId", "workspaceClass", "region"] as const)(
        "may replace: %s",
        (key) => {
            expect(diffWorkspace(saved(), { ...INPUTS, [key]: UNKNOWN }).replaces).toEqual([key]);
        },
    );

    test("also a whole editor, or a part of one", () => {
        const whole = JSON.parse(JSON.stringify({ ...INPUTS, editor: UNKNOWN }));
        expect(diffWorkspace(saved({ editor: { name: "code" } }), whole).replaces).toEqual(["editor"]);
        const part = { ...INPUTS, editor: { name: UNKNOWN } };
        expect(diffWorkspace(saved({ editor: { name: "code" } }), part).replaces).toEqual(["editor"]);
    });

    test("updates where it is the running state", () => {
        const news = JSON.parse(JSON.stringify({ ...INPUTS, running: UNKNOWN }));
        expect(diffWorkspace(saved({ running: true }), news)).toEqual(expected("update"));
    });
});

test("a state of before `declared` was saved counts as nothing declared", () => {
    const { declared, ...old } = saved();
    expect(declared).toEqual([]);
    expect(diffWorkspace(old, INPUTS)).toEqual(NONE);
});
