import {
    effectiveContextUrl,
    markedContextUrl,
    markOf,
    parseContextUrl,
    resourceName,
    withoutMark,
} from "../../../provider/src/plugin/workspace/context-url";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { ORG, SHOP } from "../support/fake-client";

const URN = "urn:pulumi:dev::web-shop::pulumi-nodejs:dynamic/gitpod:Workspace::review";

describe("reading a context URL as the server does", () => {
    test.each([
        [SHOP, { kind: "plain", target: SHOP }],
        [`${SHOP}/tree/😀`, { kind: "plain", target: `${SHOP}/tree/😀` }],
        ["http://git.example.com/a/b", { kind: "plain", target: "http://git.example.com/a/b" }],
        ["HTTPS://github.com/acme/shop", { kind: "plain", target: "HTTPS://github.com/acme/shop" }],
        [`${SHOP}/tree/a=b?c=d#e`, { kind: "plain", target: `${SHOP}/tree/a=b?c=d#e` }],
        ["snapshot/0b7f9a6e-3c1d", { kind: "plain", target: "snapshot/0b7f9a6e-3c1d" }],
        [`A=1/${SHOP}`, { kind: "variables", variables: "A=1", target: SHOP }],
        [`A=/${SHOP}`, { kind: "variables", variables: "A=", target: SHOP }],
        [`A=1,B=x%2Fy/${SHOP}`, { kind: "variables", variables: "A=1,B=x%2Fy", target: SHOP }],
        ["A=1/snapshot/4711", { kind: "variables", variables: "A=1", target: "snapshot/4711" }],
        [`imagebuild/${SHOP}`, { kind: "imagebuild", target: SHOP }],
        [`open-prebuild/4711/${SHOP}`, { kind: "prebuild", target: SHOP }],
        [`referrer:jetbrains-gateway:goland/${SHOP}`, { kind: "referrer", target: SHOP }],
    ])("%s", (text, expected) => {
        expect(parseContextUrl(text)).toEqual(expected);
    });

    test.each([
        ["", /^is empty; it must be/],
        ["   ", /^is empty; it must be/],
        [`${SHOP} `, /^holds a blank or a control character; it must be/],
        [`${SHOP}\n`, /^holds a blank or a control character/],
        ["https://git\u0007hub.com/a", /^holds a blank or a control character/],
        [`${SHOP}/tree/\ud800`, /^holds half of a character \(a lone surrogate\); it must be/],
        ["shop", /^is no URL that Gitpod can open; it must be/],
        ["github.com/acme/shop", /^is no URL/],
        ["git@github.com:acme/shop.git", /^is no URL/],
        ["ssh://git@github.com/acme/shop", /^is no URL/],
        ["https://", /^is no URL/],
        ["https:///acme", /^is no URL/],
        ["snapshot/", /^is no URL/],
        ["snapshot/a/b", /^is no URL/],
        [`unknown-prefix/${SHOP}`, /^is no URL/],
        ["A=1", /^has no plain URL after its variables/],
        ["A=1/", /^has no plain URL after its variables/],
        ["A=1/acme/shop", /^has no plain URL after its variables/],
        // The server reads one prefix only.
        [`A=1/imagebuild/${SHOP}`, /^has no plain URL after its variables/],
        [`A=1/open-prebuild/4711/${SHOP}`, /^has no plain URL after its variables/],
        [`imagebuild/A=1/${SHOP}`, /^has no plain URL after its prefix/],
        [`referrer:x/imagebuild/${SHOP}`, /^has no plain URL after its prefix/],
        ["imagebuild", /^has no plain URL after its prefix/],
        ["referrer:x", /^has no plain URL after its prefix/],
        // Not quoted: the value of a variable may be a secret.
        [
            `A=1=2/${SHOP}`,
            /^has variables in front that are not KEY=value, joined by commas, each with one "="$/,
        ],
        [`=1/${SHOP}`, /^has variables in front/],
        [`A=1,B/${SHOP}`, /^has variables in front/],
        [`PULUMI_URN=x/${SHOP}`, /^sets PULUMI_URN, which this provider keeps for itself/],
        [`A=1,PULUMI_URN=x/${SHOP}`, /^sets PULUMI_URN/],
        [`open-prebuild/${SHOP}`, /^must be open-prebuild\/<prebuild id>\/<URL>/],
        [`open-prebuild/4711/A=1/${SHOP}`, /^must be open-prebuild/],
        ["open-prebuild/4711", /^must be open-prebuild/],
        ["open-prebuild", /^must be open-prebuild/],
    ])("%j can't be read, and it says what would be right", (text, reason) => {
        expect(parseContextUrl(text)).toEqual({ kind: "invalid", reason: expect.stringMatching(reason) });
    });
});

test("a prebuild's id goes in front, since the server ignores its field", () => {
    expect(effectiveContextUrl({ contextUrl: SHOP })).toBe(SHOP);
    const withPrebuild = effectiveContextUrl({ contextUrl: SHOP, prebuildId: "4711" });
    expect(withPrebuild).toBe(`open-prebuild/4711/${SHOP}`);
    expect(parseContextUrl(withPrebuild).kind).toBe("prebuild");
});

describe("the mark", () => {
    const inputs: WorkspaceInputs = { contextUrl: SHOP };
    const mark = markOf(URN, ORG, inputs);

    test("names project, stack and resource, and ends with a hash", () => {
        expect(mark).toMatch(/^web-shop\.dev\.review\.[0-9a-f]{16}$/);
        expect(resourceName(URN)).toBe("review");
    });

    test.each([
        ["urn:pulumi:dev::shop::T::a::b", "shop.dev.a--b."],
        ["urn:pulumi:dev::shop::Parent$T::name", "shop.dev.name."],
        [
            `urn:pulumi:${"s".repeat(50)}::${"p".repeat(50)}::T::${"n".repeat(50)}`,
            `${"p".repeat(20)}.${"s".repeat(20)}.${"n".repeat(20)}.`,
        ],
        ["urn:pulumi:org/dev::pro ject::T::näme=/,", "pro-ject.org-dev.n-me---."],
        ["urn:pulumi:dev::shop::T::", "shop.dev.."],
        ["not a urn", "..not-a-urn."],
    ])("of %s begins with %s", (urn, begin) => {
        const made = markOf(urn, ORG, inputs);
        expect(made.slice(0, -16)).toBe(begin);
        expect(
            made
                .split(".")
                .slice(0, 3)
                .every((name) => name.length <= 20),
        ).toBe(true);
    });

    test.each([URN, "urn:pulumi:a=b::c,d::T::e/f g\u{1f600}\n", "x".repeat(1_000), ""])(
        "of %j holds only what the server lets through, with one equals sign in the variable",
        (urn) => {
            const made = markOf(urn, ORG, inputs);
            expect(made).toMatch(/^[A-Za-z0-9_.-]+$/);
            const head = markedContextUrl(SHOP, made)?.split("/")[0] ?? "";
            expect(head).toMatch(/^[A-Za-z0-9_.=-]+$/);
            expect(head.split("=")).toHaveLength(2);
        },
    );

    test("is the same for the same resource", () => {
        expect(markOf(URN, ORG, { ...inputs })).toBe(mark);
    });

    test.each<[string, Partial<WorkspaceInputs>]>([
        ["an editor's default version", { editor: { name: "code", version: "stable" } }],
        ["a flag's default", { editor: { name: "code" }, forceDefaultConfig: false }],
    ])("is the same for %s and for none", (_, change) => {
        const plain = { ...inputs, editor: { name: "code" } };
        expect(markOf(URN, ORG, { ...plain, ...change })).toBe(markOf(URN, ORG, plain));
    });

    test.each<[string, Partial<WorkspaceInputs>]>([
        ["running", { running: true }],
        ["forceDestroy", { forceDestroy: true }],
        ["waitFor", { waitFor: "none" }],
        ["timeouts", { timeouts: { start: "1h" } }],
        ["organizationId, written or not", { organizationId: ORG }],
    ])("is the same whatever %s is: that replaces nothing", (_, change) => {
        expect(markOf(URN, ORG, { ...inputs, ...change })).toBe(mark);
    });

    test("differs by organization, by URN and by each input that replaces", () => {
        const changes: Partial<WorkspaceInputs>[] = [
            { contextUrl: `${SHOP}/tree/other` },
            { prebuildId: "4711" },
            { workspaceClass: "g1-large" },
            { editor: { name: "code" } },
            { editor: { name: "code", version: "latest" } },
            { editor: { name: "goland" } },
            { region: "europe" },
            // Values must not slip from one input into another.
            { region: "g1-large" },
            { forceDefaultConfig: true },
        ];
        const marks = [
            mark,
            ...changes.map((change) => markOf(URN, ORG, { ...inputs, ...change })),
            markOf(URN, "5c7d0f3e-8a61-4c1b-9b1e-2f4a6d8c0e13", inputs),
            markOf(URN.replace("review", "review2"), ORG, inputs),
            markOf(URN.replace("::dev", "::prod").replace(":dev::", ":prod::"), ORG, inputs),
            markOf(URN.replace("$", "").replace("dynamic", "Parent$dynamic"), ORG, inputs),
        ];
        expect(new Set(marks).size).toBe(marks.length);
    });

    test("of two names that are alike when cut still differs", () => {
        const long = (end: string): string => `urn:pulumi:dev::shop::T::${"n".repeat(20)}${end}`;
        expect(markOf(long("a"), ORG, inputs)).not.toBe(markOf(long("b"), ORG, inputs));
    });
});

describe("a context URL with a mark in it", () => {
    test.each([
        [SHOP, `PULUMI_URN=m/${SHOP}`],
        ["snapshot/4711", "PULUMI_URN=m/snapshot/4711"],
        [`A=1,B=2/${SHOP}`, `A=1,B=2,PULUMI_URN=m/${SHOP}`],
    ])("%s: %s, and back", (contextUrl, marked) => {
        expect(markedContextUrl(contextUrl, "m")).toBe(marked);
        expect(withoutMark(marked)).toBe(contextUrl);
    });

    test.each([`imagebuild/${SHOP}`, `open-prebuild/4711/${SHOP}`, `referrer:x/${SHOP}`, "nothing"])(
        "%s has no room for one",
        (contextUrl) => {
            expect(markedContextUrl(contextUrl, "m")).toBeUndefined();
        },
    );

    test.each([SHOP, `A=1/${SHOP}`, `imagebuild/${SHOP}`, "snapshot/4711", "", "text", `${SHOP}/a=b`])(
        "%j without a mark stays as it is",
        (contextUrl) => {
            expect(withoutMark(contextUrl)).toBe(contextUrl);
        },
    );

    test("another stack's mark is left out too", () => {
        expect(withoutMark(`PULUMI_URN=other.stack.name.0/${SHOP}`)).toBe(SHOP);
    });
});
