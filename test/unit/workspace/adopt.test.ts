import { adoptionProblem, findOwn, onlyOne } from "../../../provider/src/plugin/workspace/adopt";
import type { WorkspaceInputs } from "../../../provider/src/plugin/workspace/inputs";
import type { Workspace } from "../../../provider/src/wire/domain";
import type { Presence } from "../../../provider/src/wire/listing";
import { ADA, SHOP, workspaceIn } from "../support/fake-client";

const NOBODY = new Set<string>();
const from = (id: string, contextUrl: string, ownerId = ADA.id): Workspace => ({
    ...workspaceIn(id, "RUNNING"),
    ownerId,
    context: { contextUrl },
});

test("a create takes what is its caller's own, has the whole context URL equal, and is held by nobody", () => {
    const listing = [
        from("mine", "PULUMI_URN=m/https://a.b/c"),
        from("held", "PULUMI_URN=m/https://a.b/c"),
        from("theirs", "PULUMI_URN=m/https://a.b/c", "bob-id"),
        from("longer", "PULUMI_URN=m/https://a.b/c/d"),
        from("unmarked", "https://a.b/c"),
        from("case", "PULUMI_URN=M/https://a.b/c"),
    ];
    const own = findOwn(listing, "PULUMI_URN=m/https://a.b/c", ADA.id, new Set(["held"]));
    expect(own.map(({ id }) => id)).toEqual(["mine"]);
});

test("of several candidates a person decides", () => {
    expect(onlyOne([], "several")).toBeUndefined();
    expect(onlyOne([workspaceIn("a", "RUNNING")], "several")?.id).toBe("a");
    const both = [workspaceIn("a", "RUNNING"), workspaceIn("b", "STOPPED")];
    expect(() => onlyOne(both, "several fit")).toThrow(
        /^several fit: a, b\. .*name the one to keep with `adopt`/,
    );
});

describe("whether a named workspace can be adopted", () => {
    const problem = (
        found: Workspace | "absent" | "undecided",
        inputs: Partial<WorkspaceInputs> = {},
        held = NOBODY,
    ): string | undefined => {
        const presence: Presence =
            typeof found === "string" ? { kind: found } : { kind: "listed", workspace: found };
        return adoptionProblem({ contextUrl: SHOP, ...inputs }, "w", presence, ADA.id, held);
    };

    test.each<[string, Workspace, Partial<WorkspaceInputs>]>([
        ["made from that URL", from("w", SHOP), {}],
        ["made by another stack, which marked it", from("w", `PULUMI_URN=p.s.n.0/${SHOP}`), {}],
        ["with variables of its own", from("w", `A=1,PULUMI_URN=m/${SHOP}`), { contextUrl: `A=1/${SHOP}` }],
        ["from a prebuild", from("w", `open-prebuild/4711/${SHOP}`), { prebuildId: "4711" }],
        [
            "whose URL the server writes another way",
            {
                ...from("w", "https://github.com/acme/shop.git"),
                context: {
                    contextUrl: "https://github.com/acme/shop.git",
                    git: { normalizedContextUrl: SHOP },
                },
            },
            {},
        ],
    ])("it can: %s", (_, workspace, inputs) => {
        expect(problem(workspace, inputs)).toBeUndefined();
    });

    test.each<[string, string | undefined, RegExp]>([
        ["it is not listed", problem("absent"), /^it is not among your workspaces in this organization/],
        ["the list is cut", problem("undecided"), /^the list .* is too long to find it/],
        ["it is another's", problem(from("w", SHOP, "bob-id")), /^it belongs to another user \(bob-id\)$/],
        ["it is held", problem(from("w", SHOP), {}, new Set(["w"])), /^another resource of this stack/],
        [
            "it was made from something else",
            problem(from("w", "PULUMI_URN=m/https://a.b/c")),
            /^it was made from "https:\/\/a\.b\/c", not from "https:\/\/github\.com\/acme\/shop"$/,
        ],
        ["it lacks variables", problem(from("w", SHOP), { contextUrl: `A=1/${SHOP}` }), /^it was made from/],
        [
            "it was made from something else, and the URL is a secret",
            problem(from("w", "PULUMI_URN=m/https://a.b/c"), { secretContext: true }),
            /^it was made from another context URL$/,
        ],
        ["it lacks the prebuild", problem(from("w", SHOP), { prebuildId: "4711" }), /^it was made from/],
    ])("it can't: %s", (_, found, reason) => {
        expect(found).toMatch(reason);
    });
});
