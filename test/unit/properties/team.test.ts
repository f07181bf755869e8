import fc from "fast-check";
import { checkTeam, type TeamInputs } from "../../../provider/src/plugin/team/inputs";
import { createTeam, updateTeam } from "../../../provider/src/plugin/team/lifecycle";
import { diffTeam, type TeamState, toInputs } from "../../../provider/src/plugin/team/state";
import { hasUnknown } from "../../../provider/src/plugin/unknown";
import { ORG } from "../support/fake-client";
import { fakeRuntime } from "../support/fake-runtime";
import { anyText, anyValue, bagOf } from "./arbitraries";
import { expectEncodable, forAll, printTried } from "./tried";

jest.setTimeout(60_000);
afterAll(printTried);

const teamName = fc.oneof(
    anyText,
    fc.string({ unit: "binary", minLength: 1, maxLength: 70 }),
    fc
        .tuple(fc.constantFrom("", " ", "\t"), fc.string({ minLength: 1, maxLength: 70 }))
        .map(([blank, text]) => `${blank}${text}${blank}`),
);

const PROPERTIES: Record<string, fc.Arbitrary<unknown>> = {
    name: teamName,
    adopt: fc.oneof(fc.uuid(), fc.constant(ORG.toUpperCase())),
    allowDuplicateName: fc.boolean(),
    __provider: fc.constant("exports.handler=…"),
};

function trusted<T>(bag: Record<string, unknown>): T {
    return bag as T;
}

/** What `check` lets through, with everything known. The engine sends JSON, which has no `undefined`. */
function accepted(olds: Record<string, unknown>, news: Record<string, unknown>): TeamInputs | undefined {
    const { inputs, failures } = checkTeam(olds, JSON.parse(JSON.stringify(news)));
    const { __provider, ...known } = inputs;
    return failures.length > 0 || hasUnknown(known) ? undefined : trusted<TeamInputs>(known);
}

test("check never throws, and names a property with a reason for whatever it refuses", async () => {
    const bag = fc.oneof(
        bagOf(PROPERTIES),
        fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(PROPERTIES)), anyText), anyValue),
    );
    await forAll("bags of properties of a team", fc.tuple(bag, bag), ([olds, news]) => {
        const { inputs, failures } = checkTeam(olds, news);
        for (const { property, reason } of failures) {
            expect(reason.length).toBeGreaterThan(10);
            const isNamed =
                Object.hasOwn(news, property) || Object.hasOwn(PROPERTIES, property.split(".")[0] ?? "");
            expect(isNamed).toBe(true);
        }
        expect(Object.keys(inputs)).toEqual(Object.keys(news));
        if (failures.length === 0) {
            expect(checkTeam(olds, inputs)).toStrictEqual({ inputs, failures });
        }
    });
});

test("what check accepts is created and renamed as declared, and the next preview has nothing to do", async () => {
    let made = 0;
    const declaration = fc.record(
        { name: teamName, allowDuplicateName: fc.boolean() },
        { requiredKeys: ["name"], noNullPrototype: true },
    );
    await forAll(
        "declarations of a team and of its new name that are carried out",
        fc.tuple(declaration, teamName),
        async ([news, rename]) => {
            const inputs = accepted({}, news);
            if (inputs === undefined) {
                return;
            }
            made += 1;
            const runtime = fakeRuntime();
            const { id, outs } = await runtime.clock.until(createTeam(runtime, inputs, "text"));
            const state = trusted<TeamState>(outs);
            expectEncodable(outs);
            expect(runtime.client.teams.get(id)?.name).toBe(inputs.name);
            // The wire is UTF-8, which has no halves of characters, and the server trims.
            expect(Buffer.from(inputs.name, "utf8").toString("utf8").trim()).toBe(inputs.name);
            expect(toInputs(state)).toEqual(inputs);
            expect(diffTeam(state, inputs).changes).toBe(false);

            const next = accepted({ ...inputs }, { ...inputs, name: rename });
            if (next === undefined) {
                return;
            }
            const updated = await runtime.clock.until(updateTeam(runtime, id, state, next));
            expectEncodable(updated.outs);
            expect(runtime.client.teams.get(id)?.name).toBe(next.name);
            expect(diffTeam(trusted<TeamState>(updated.outs), next).changes).toBe(false);
        },
    );
    expect(made).toBeGreaterThan(500);
});
