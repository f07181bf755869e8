import { UNKNOWN } from "../../../provider/src/plugin/unknown";
import { checkWorkspace } from "../../../provider/src/plugin/workspace/inputs";
import { ORG, SHOP } from "../support/fake-client";

const check = (news: Record<string, unknown>) => checkWorkspace({ contextUrl: SHOP, ...news });
const EDITOR = /^must be \{ name, version \}, such as \{ name: "code", version: "stable" \}$/;
const TIMEOUTS = /^must be \{ start, stop, delete \}, each a duration such as "20m" or left out$/;

test.each<[string, Record<string, unknown>]>([
    ["nothing but the context", {}],
    ["running", { running: true }],
    ["stopped", { running: false }],
    ["a prebuild", { prebuildId: "0b7f9a6e-3c1d" }],
    ["an organization", { organizationId: ORG }],
    ["a class", { workspaceClass: "g1-standard" }],
    ["a class with a dot", { workspaceClass: "g1.large_2" }],
    ["an editor", { editor: { name: "code" } }],
    ["an editor and its version", { editor: { name: "goland", version: "latest" } }],
    ["a region", { region: "europe-west_1" }],
    ["the flags", { forceDefaultConfig: true, forceDestroy: false }],
    ["no wait", { waitFor: "none" }],
    ["timeouts", { timeouts: { start: "1h30m", stop: "90s", delete: "1.5h" } }],
    ["no timeouts", { timeouts: {} }],
    ["an id to adopt", { adopt: "acme-shop-k3j9x0q2ab1" }],
    ["an old id to adopt", { adopt: ORG }],
    ["what the package and the engine add", { mark: "urn:pulumi:…", __provider: "exports.handler=…" }],
    ["properties that are undefined", { running: undefined, editor: undefined }],
])("%s is accepted, and comes back as it was", (_, news) => {
    const { inputs, failures } = check(news);
    expect(failures).toEqual([]);
    expect(inputs).toStrictEqual({ contextUrl: SHOP, ...news });
});

test.each<[string, unknown, string, RegExp]>([
    ["contextUrl", undefined, "contextUrl", /^is required: the URL to open, such as "https:/],
    ["contextUrl", null, "contextUrl", /^is required/],
    ["contextUrl", 7, "contextUrl", /^is required/],
    ["contextUrl", "", "contextUrl", /^is empty; it must be the URL of a repository/],
    ["contextUrl", "acme/shop", "contextUrl", /^is no URL that Gitpod can open; it must be/],
    ["prebuildId", "a/b", "prebuildId", /^must be the id of a prebuild, of letters, digits and dashes$/],
    ["prebuildId", "", "prebuildId", /^must be the id of a prebuild/],
    ["prebuildId", 7, "prebuildId", /^must be the id of a prebuild/],
    [
        "organizationId",
        "acme",
        "organizationId",
        /^must be the UUID of an organization, such as the id of a gitpod/,
    ],
    ["organizationId", null, "organizationId", /^must be the UUID of an organization/],
    ["running", "true", "running", /^must be true or false$/],
    ["running", null, "running", /^must be true or false$/],
    ["workspaceClass", "", "workspaceClass", /^must be the id of a workspace class, such as "g1-standard"/],
    ["workspaceClass", "large one", "workspaceClass", /^must be the id of a workspace class/],
    ["workspaceClass", 1, "workspaceClass", /^must be the id of a workspace class/],
    ["editor", "code", "editor", EDITOR],
    ["editor", null, "editor", EDITOR],
    ["editor", [], "editor", EDITOR],
    ["editor", {}, "editor.name", /^must be the id of an editor, such as "code" or "goland"$/],
    ["editor", { name: "VS Code" }, "editor.name", /^must be the id of an editor/],
    ["editor", { name: "code", version: "1.2" }, "editor.version", /^must be "stable" or "latest"$/],
    ["editor", { name: "code", theme: "dark" }, "editor", /^has "theme", but must be \{ name, version \}/],
    ["region", "", "region", /^must be the name of a region, such as "europe"$/],
    ["region", "eu/1", "region", /^must be the name of a region/],
    ["region", 1, "region", /^must be the name of a region/],
    ["forceDefaultConfig", 1, "forceDefaultConfig", /^must be true or false$/],
    ["forceDestroy", "yes", "forceDestroy", /^must be true or false$/],
    ["waitFor", "running", "waitFor", /^must be "ready" or "none"$/],
    ["timeouts", "20m", "timeouts", TIMEOUTS],
    [
        "timeouts",
        { start: "20" },
        "timeouts.start",
        /^must be a duration over zero such as "90s", "20m" or "1h30m"$/,
    ],
    ["timeouts", { stop: "0s" }, "timeouts.stop", /^must be a duration over zero/],
    ["timeouts", { delete: 600 }, "timeouts.delete", /^must be a duration such as "20m"$/],
    ["timeouts", { begin: "20m" }, "timeouts", /^has "begin", but must be \{ start, stop, delete \}/],
    ["adopt", "Acme", "adopt", /^must be the id of a workspace, such as "acme-shop-k3j9x0q2ab1"$/],
    ["adopt", true, "adopt", /^must be the id of a workspace/],
    [
        "organisationId",
        ORG,
        "organisationId",
        /^is no input of this resource; there are contextUrl, prebuildId, org/,
    ],
    ["toString", "x", "toString", /^is no input of this resource/],
    ["constructor", "x", "constructor", /^is no input of this resource/],
])("%s: %j fails as %s", (key, value, property, reason) => {
    const { failures } = check({ [key]: value });
    expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test("everything that is wrong is told at once", () => {
    const { failures } = check({
        contextUrl: "?",
        running: "no",
        editor: { name: "!", version: "?" },
        timeouts: { start: "soon", stop: "later" },
        colour: "red",
    });
    expect(failures.map(({ property }) => property).sort()).toEqual([
        ...["colour", "contextUrl", "editor.name", "editor.version", "running"],
        ...["timeouts.start", "timeouts.stop"],
    ]);
});

describe("a prebuild", () => {
    test.each(["A=1/", "imagebuild/", "referrer:jetbrains-gateway/", "open-prebuild/4711/"])(
        "can't be combined with the prefix %s: Gitpod reads one only",
        (prefix) => {
            const { failures } = check({ contextUrl: `${prefix}${SHOP}`, prebuildId: "4711" });
            expect(failures).toEqual([
                {
                    property: "prebuildId",
                    reason: expect.stringMatching(/can't be combined.*give the plain URL/),
                },
            ]);
        },
    );

    test("with a context that is wrong anyway fails once", () => {
        const { failures } = check({ contextUrl: "nothing", prebuildId: "4711" });
        expect(failures.map(({ property }) => property)).toEqual(["contextUrl"]);
    });
});

describe("what is not known yet", () => {
    test.each([
        ...["contextUrl", "prebuildId", "organizationId", "running", "workspaceClass", "editor", "region"],
        ...["forceDefaultConfig", "forceDestroy", "waitFor", "timeouts", "adopt"],
    ])("%s passes untouched", (key) => {
        const { inputs, failures } = check({ [key]: UNKNOWN });
        expect(failures).toEqual([]);
        expect(inputs[key]).toBe(UNKNOWN);
    });

    test.each([
        ["editor", { name: UNKNOWN, version: "stable" }],
        ["timeouts", { start: UNKNOWN }],
    ])("inside %s too", (key, value) => {
        const { inputs, failures } = check({ [key]: value });
        expect(failures).toEqual([]);
        expect(inputs[key]).toEqual(value);
    });

    test("does not hide what is wrong beside it", () => {
        const { failures } = check({ contextUrl: UNKNOWN, prebuildId: "4711", running: "no" });
        expect(failures.map(({ property }) => property)).toEqual(["running"]);
    });
});

test("an organization is compared and saved in lower case, as the server answers", () => {
    expect(check({ organizationId: ORG.toUpperCase() }).inputs["organizationId"]).toBe(ORG);
});

describe("nothing that arrives makes it throw", () => {
    const HOSTILE: [string, unknown][] = [
        ["an empty object", {}],
        ["a list of lists", [[[[]]]]],
        ["a huge number", Number.MAX_VALUE],
        ["no number", Number.NaN],
        ["a long text", "a=".repeat(50_000)],
        ["a text of slashes", "/".repeat(50_000)],
        ["a text of prefixes", "imagebuild/".repeat(5_000)],
        ["control characters", "https://a\u0000\u001b[31m"],
        ["half a character", "https://\ud800"],
        ["a prototype", JSON.parse('{"__proto__": {"name": "code"}}')],
        ["a text that looks like an object", "[object Object]"],
        ["deep nesting", Array.from({ length: 90 }).reduce<unknown>((inner) => ({ inner }), "x")],
    ];
    test.each(HOSTILE)("%s", (_, value) => {
        for (const key of [
            "contextUrl",
            "editor",
            "timeouts",
            "adopt",
            "running",
            "__proto__",
            "mark",
            "x",
        ]) {
            const news = Object.fromEntries([
                ["contextUrl", SHOP],
                [key, value],
            ]);
            expect(Array.isArray(checkWorkspace(news).failures)).toBe(true);
        }
    });

    test("an empty bag", () => {
        expect(checkWorkspace({}).failures.map(({ property }) => property)).toEqual(["contextUrl"]);
    });
});
