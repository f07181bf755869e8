import fc from "fast-check";
import { assertArgs } from "../../../provider/src/plugin/lookup/args";
import { hasUnknown } from "../../../provider/src/plugin/unknown";
import { anyText, anyValue, bagOf } from "./arbitraries";
import { forAll, printTried } from "./tried";

jest.setTimeout(60_000);
afterAll(printTried);

const workspaceId = fc.oneof(fc.constant("acme-shop-k3j9x0q2ab1"), fc.uuid(), anyText);

/** Each look-up, what it takes, and what it may let through. */
const LOOKUPS = {
    getWorkspace: { workspaceId },
    getOwnerToken: { workspaceId },
    listWorkspaces: {
        organizationId: fc.oneof(fc.uuid(), anyText),
        pageSize: fc.integer({ min: -5, max: 200 }),
    },
    getTeam: { teamId: fc.oneof(fc.uuid(), anyText), name: anyText },
} as const;

/** What reaches the wire is an id of letters, digits and dashes, a number in range, or the exact name of a team. */
function isSendable([property, value]: [string, unknown]): boolean {
    switch (property) {
        case "name":
            return typeof value === "string" && value !== "";
        case "pageSize":
            return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100;
        default:
            return typeof value === "string" && /^[0-9A-Za-z-]{10,40}$/.test(value);
    }
}

test.each(Object.keys(LOOKUPS) as (keyof typeof LOOKUPS)[])(
    "%s takes what can be asked for, and names the argument otherwise",
    async (lookup) => {
        const args = fc.oneof(
            bagOf(LOOKUPS[lookup]),
            fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(LOOKUPS[lookup])), anyText), anyValue),
        );
        let taken = 0;
        await forAll(`bags of arguments of ${lookup}`, args, (given) => {
            try {
                assertArgs(lookup, given);
            } catch (error) {
                expect(error).toBeInstanceOf(Error);
                expect(String(error)).toMatch(
                    new RegExp(`^Error: gitpod\\.${lookup}: .*(must be|is no input|give)`, "s"),
                );
                return;
            }
            taken += 1;
            expect(
                Object.entries(given)
                    // What a preview does not know yet is not asked for.
                    .filter(([, value]) => value !== undefined && !hasUnknown(value))
                    .filter((entry) => !isSendable(entry)),
            ).toEqual([]);
        });
        expect(taken).toBeGreaterThan(100);
    },
);
