import { checkTeam } from "../../../provider/src/plugin/team/inputs";
import { diffTeam, type TeamState, toInputs, toState } from "../../../provider/src/plugin/team/state";
import { UNKNOWN } from "../../../provider/src/plugin/unknown";
import type { Team } from "../../../provider/src/wire/domain";

const UUID = "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b";
const NAME = /^must be 3 to 64 characters, such as "Platform"$/;

const check = (news: Record<string, unknown>, olds: Record<string, unknown> = {}) =>
    checkTeam(olds, { name: "Platform", ...news });

describe("a declaration", () => {
    test.each<[string, Record<string, unknown>]>([
        ["a name", {}],
        ["the shortest name", { name: "abc" }],
        ["a name of other characters", { name: "Équipe 😀" }],
        ["the longest name", { name: "x".repeat(64) }],
        ["a name with blanks inside", { name: "Platform Team" }],
        ["a team to adopt", { adopt: UUID }],
        ["a duplicate", { allowDuplicateName: true }],
        ["what the engine adds", { __provider: "exports.handler=…" }],
        ["a name that is not known yet", { name: UNKNOWN }],
        ["an id that is not known yet", { adopt: UNKNOWN }],
    ])("%s is accepted, and comes back as it was", (_, news) => {
        expect(check(news)).toStrictEqual({ inputs: { name: "Platform", ...news }, failures: [] });
    });

    test.each<[string, unknown, RegExp]>([
        ["name", undefined, /^is required: it must be 3 to 64 characters, such as "Platform"$/],
        ["name", null, /^is required/],
        ["name", 7, /^is required/],
        ["name", "", NAME],
        ["name", "ab", NAME],
        ["name", " ab ", NAME],
        ["name", "x".repeat(65), NAME],
        ["name", "Team \ud83d", /^must not hold half of a character \(a lone surrogate\)$/],
        ["adopt", "platform", /^must be the id of a team, a UUID$/],
        ["adopt", 7, /^must be the id of a team, a UUID$/],
        ["allowDuplicateName", "yes", /^must be true or false$/],
        ["nmae", "Platform", /^is no input of this resource; there are name, adopt, allowDuplicateName$/],
        ["hasOwnProperty", "x", /^is no input of this resource/],
    ])("%s: %j fails", (property, value, reason) => {
        expect(check({ [property]: value }).failures).toEqual([
            { property, reason: expect.stringMatching(reason) },
        ]);
    });

    test("is trimmed, as the server does, and its id is in lower case", () => {
        expect(check({ name: "  Platform ", adopt: UUID.toUpperCase() }).inputs).toStrictEqual({
            name: "Platform",
            adopt: UUID,
        });
    });

    test.each([[{}], [[]], [Number.NaN], ["\u0000\ud800x"], [{ name: {} }]])(
        "%j does not make it throw",
        (value) => {
            for (const key of ["name", "adopt", "allowDuplicateName", "__proto__"]) {
                expect(Array.isArray(checkTeam({}, Object.fromEntries([[key, value]])).failures)).toBe(true);
            }
        },
    );
});

describe("a rename", () => {
    test.each([
        ["to 32 characters", "x".repeat(32), { name: "Old" }, 0],
        ["to 33 characters", "x".repeat(33), { name: "Old" }, 1],
        ["from a long name to the same", "x".repeat(64), { name: "x".repeat(64) }, 0],
        ["from a long name to another", "y".repeat(64), { name: "x".repeat(64) }, 1],
        ["that is a create", "x".repeat(64), {}, 0],
        ["to a name that can't be anyway, told once", "x".repeat(65), { name: "Old" }, 1],
    ])("%s", (_, name, olds, failures) => {
        expect(check({ name }, olds).failures).toHaveLength(failures);
    });

    test("says how long the name is and why", () => {
        expect(check({ name: "x".repeat(40) }, { name: "Old" }).failures).toEqual([
            {
                property: "name",
                reason: "can be at most 32 characters where a team is renamed, which has 40; Gitpod takes 64 only where it is created",
            },
        ]);
    });
});

describe("the state", () => {
    const team: Team = {
        id: UUID,
        name: "Platform",
        members: [{ userId: "ada-id", role: "owner" }],
        invitationId: "join-me",
    };

    test("holds what was declared and what was seen", () => {
        const inputs = { name: "Platform", allowDuplicateName: true };
        const state = toState(inputs, team, "platform");
        expect(state).toStrictEqual({
            ...inputs,
            slug: "platform",
            members: team.members,
            invitationId: "join-me",
        });
        expect(toInputs(state)).toStrictEqual(inputs);
    });

    test("leaves out what is absent", () => {
        const { invitationId, ...rest } = team;
        expect(invitationId).toBeDefined();
        expect(toState({ name: "Platform" }, rest, undefined)).toStrictEqual({
            name: "Platform",
            members: team.members,
        });
    });

    test("shows a rename by somebody as another input", () => {
        const state = toState({ name: "Platform", adopt: UUID }, { ...team, name: "Theirs" }, undefined);
        expect(toInputs(state)).toStrictEqual({ name: "Theirs", adopt: UUID });
    });
});

describe("the diff", () => {
    const olds: TeamState = {
        name: "Platform",
        members: [{ userId: "a", role: "owner" }],
        invitationId: "x",
        slug: "s",
    };

    test.each([
        ["nothing", { name: "Platform" }, false],
        ["the name", { name: "Product" }, true],
        ["the name, not known yet", { name: UNKNOWN }, true],
        ["adopt", { name: "Platform", adopt: UUID }, false],
        ["allowDuplicateName", { name: "Platform", allowDuplicateName: true }, false],
    ])("of %s: never a replacement", (_, news, changes) => {
        expect(diffTeam(olds, news)).toEqual({ changes, replaces: [], deleteBeforeReplace: true });
    });
});
