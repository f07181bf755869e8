import fc from "fast-check";
import { parseContextUrl as parseAsServer } from "../../../emulator/src/context-url";
import { type PartialFailure, withoutUndefined } from "../../../provider/src/plugin/bag";
import { parseDuration } from "../../../provider/src/plugin/duration";
import { hasUnknown } from "../../../provider/src/plugin/unknown";
import {
    effectiveContextUrl,
    markAmong,
    markedContextUrl,
    markIn,
    markOf,
    parseContextUrl,
    withoutMark,
} from "../../../provider/src/plugin/workspace/context-url";
import { diffWorkspace } from "../../../provider/src/plugin/workspace/diff";
import { checkWorkspace, type WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import { createWorkspace } from "../../../provider/src/plugin/workspace/lifecycle";
import { toInputs, type WorkspaceState } from "../../../provider/src/plugin/workspace/state";
import { ORG, SHOP } from "../support/fake-client";
import type { FakeClock } from "../support/fake-clock";
import { fakeRuntime } from "../support/fake-runtime";
import { anyText, anyValue, bagOf, contextUrl } from "./arbitraries";
import { expectEncodable, forAll, printTried } from "./tried";

jest.setTimeout(60_000);
afterAll(printTried);

const duration = fc.oneof(
    fc.constantFrom("20m", "1h30m", "90s", "1.5h", "100ms", `${"9".repeat(400)}h`, "0.1ms"),
    fc
        .tuple(fc.nat({ max: 10_000 }), fc.constantFrom("ms", "s", "m", "h"))
        .map(([count, unit]) => `${count}${unit}`),
);
const name = fc.string({ unit: fc.constantFrom(..."abcz019-"), minLength: 1, maxLength: 10 });
const urn = fc
    .tuple(anyText, anyText, anyText)
    .map(([stack, project, label]) => `urn:pulumi:${stack}::${project}::T::${label}`);

const PROPERTIES: Record<string, fc.Arbitrary<unknown>> = {
    contextUrl,
    prebuildId: name,
    organizationId: fc.oneof(fc.uuid(), fc.constant(ORG.toUpperCase())),
    running: fc.boolean(),
    workspaceClass: name,
    editor: bagOf({ name, version: fc.constantFrom("stable", "latest") }),
    region: name,
    forceDefaultConfig: fc.boolean(),
    forceDestroy: fc.boolean(),
    waitFor: fc.constantFrom("ready", "none"),
    timeouts: bagOf({ start: duration, stop: duration, delete: duration }),
    adopt: fc.constantFrom("acme-shop-k3j9x0q2ab1", ORG),
    mark: urn,
    secretContext: fc.constant(true),
    __provider: fc.constant("exports.handler=…"),
};

/** Inputs that are mostly right, so that many are accepted. */
const likely = fc
    .tuple(
        bagOf(PROPERTIES, 0),
        fc.oneof({ weight: 3, arbitrary: contextUrl }, { weight: 1, arbitrary: fc.constant(SHOP) }),
        urn,
    )
    .map(([bag, url, mark]) => ({ ...bag, contextUrl: url, mark }));

/** What `check` lets through, with everything known. The engine sends JSON, which has no `undefined`. */
function accepted(news: Record<string, unknown>): WorkspaceInputs | undefined {
    const { inputs, failures } = checkWorkspace(JSON.parse(JSON.stringify(news)));
    const { __provider, ...known } = inputs;
    return failures.length > 0 || hasUnknown(known) ? undefined : trusted<WorkspaceInputs>(known);
}

/** As the provider takes what the engine gives it. */
function trusted<T>(bag: Record<string, unknown>): T {
    return bag as T;
}

test("check never throws, and names a property with a reason for whatever it refuses", async () => {
    const bags = fc.oneof(
        bagOf(PROPERTIES),
        fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(PROPERTIES)), anyText), anyValue),
    );
    await forAll("bags of properties of a workspace", bags, (news) => {
        const before = Object.keys(news);
        const { inputs, failures } = checkWorkspace(news);
        for (const { property, reason } of failures) {
            expect(reason.length).toBeGreaterThan(10);
            const [top = ""] = property.split(".");
            const isNamed = before.includes(property) || Object.hasOwn(PROPERTIES, top);
            expect(isNamed).toBe(true);
        }
        // It only puts into another form what is there.
        expect(Object.keys(inputs)).toEqual(before);
        // Checking what was let through once more lets it through as it is.
        if (failures.length === 0) {
            expect(checkWorkspace(inputs)).toStrictEqual({ inputs, failures });
        }
    });
});

/** What the server makes of a context URL; its reason where it refuses it. */
function served(url: string): ReturnType<typeof parseAsServer> | string {
    try {
        return parseAsServer(url);
    } catch (error) {
        return String(error);
    }
}

test("a mark goes through the server and out again, and changes nothing else", async () => {
    await forAll("context URLs", fc.tuple(contextUrl, urn), ([url, label]) => {
        const parsed = parseContextUrl(url);
        if (parsed.kind === "invalid") {
            expect(parsed.reason.length).toBeGreaterThan(10);
            return;
        }
        const mark = markOf(label, ORG, { contextUrl: url });
        expect(mark).toMatch(/^[\w.-]{19,100}$/);
        const marked = markedContextUrl(url, mark);
        if (marked === undefined) {
            expect(["prebuild", "imagebuild", "referrer"]).toContain(parsed.kind);
            return;
        }
        // The wire is UTF-8, which has no halves of characters.
        expect(Buffer.from(marked, "utf8").toString("utf8")).toBe(marked);
        expect(withoutMark(marked)).toBe(url);
        expect(withoutMark(url)).toBe(url);
        expect([markIn(marked), markIn(url)]).toEqual([mark, undefined]);
        const [plain, withMark] = [served(url), served(marked)];
        if (typeof plain === "string" || typeof withMark === "string") {
            expect(withMark).toBe(plain);
            return;
        }
        expect(markAmong(withMark.environmentVariables)).toBe(mark);
        expect({ ...withMark, environmentVariables: withMark.environmentVariables.slice(0, -1) }).toEqual(
            plain,
        );
    });
});

test("what check accepts is created as declared, and the next preview has nothing to do", async () => {
    let created = 0;
    await forAll(
        "declarations that are carried out",
        likely,
        async (news) => {
            const inputs = accepted(news);
            if (inputs === undefined) {
                return;
            }
            created += 1;
            const runtime = fakeRuntime();
            const { client, clock } = runtime;
            const { workspaceClass, adopt } = inputs;
            if (workspaceClass !== undefined) {
                client.classes = [{ id: workspaceClass, displayName: "", description: "", isDefault: true }];
            }
            if (adopt !== undefined) {
                const context = { contextUrl: effectiveContextUrl(inputs) };
                client.put({ id: adopt, ownerId: client.me.id, context });
            }
            const { id, outs, isPartial } = await saved(createWorkspace(runtime, inputs, "text"), clock);
            expect(id).toBe(adopt ?? "made-1");
            const { __provider, ...state } = outs;
            // A secret context is wrapped, and nothing of it is compared.
            expectEncodable(state);
            const old = trusted<WorkspaceState>(state);
            if (isPartial) {
                // Only a wait that the declaration itself makes too short may fail.
                expect(shortestWait(inputs)).toBeLessThan(10_000);
                expect(toInputs(old)).toMatchObject({ contextUrl: inputs.contextUrl, mark: inputs.mark });
                return;
            }
            expect(toInputs(old)).toEqual(withoutUndefined({ ...inputs }));
            expect(diffWorkspace(old, inputs)).toEqual({
                changes: false,
                replaces: [],
                deleteBeforeReplace: true,
            });
        },
        2_000,
    );
    expect(created).toBeGreaterThan(500);
});

interface Saved {
    id: string;
    outs: Record<string, unknown>;
    /** Whether it is there, but not as declared. */
    isPartial: boolean;
}

/** What the engine saves of a create. */
async function saved(
    create: Promise<{ id: string; outs: Record<string, unknown> }>,
    clock: FakeClock,
): Promise<Saved> {
    try {
        return { ...(await clock.until(create)), isPartial: false };
    } catch (error) {
        if (!(error instanceof Error && "properties" in error)) {
            throw error;
        }
        const { id, properties } = error as PartialFailure;
        return { id, outs: properties, isPartial: true };
    }
}

function shortestWait({ timeouts }: WorkspaceInputs): number {
    const given = [timeouts?.start, timeouts?.stop].map((text) => parseDuration(text ?? ""));
    return Math.min(...given.map((ms) => ms ?? Number.POSITIVE_INFINITY));
}
