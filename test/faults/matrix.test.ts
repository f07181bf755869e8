import { type Outcome, playMatrix } from "./matrix";
import { OPERATIONS } from "./operations";

/** The whole matrix takes longer than all other tests together, so a plain `npm test` plays a part that is always the same. */
const part = process.env["FAULTS"] === "all" ? "all" : "pinned";

const played: Outcome[] = [];

afterAll(() => {
    const lost = played.filter((outcome) => outcome.lost !== undefined);
    const count = (wanted: (outcome: Outcome) => boolean): number => played.filter(wanted).length;
    const lines = [
        `matrix (${part}): ${played.length} cells, ${played.length - lost.length} passed, lost: ${lost.length}`,
        `the operation: ${count(({ said }) => said === undefined)} succeeded, ${count(({ said }) => said !== undefined)} failed with advice`,
        `the next up: ${count(({ way }) => way === "plain")} plain, ${count(({ way }) => way === "refreshed")} with the refresh that was asked for, ${count(({ way }) => way === "adopted")} with the id to adopt`,
        `without their fault, since a wait took fewer looks: ${count(({ struck }) => !struck)}`,
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
});

test.each(OPERATIONS.map((operation) => [`${operation.resource}: ${operation.name}`, operation] as const))(
    "%s",
    async (_, operation) => {
        const outcomes = await playMatrix(operation, part);
        played.push(...outcomes);
        expect(outcomes.length).toBeGreaterThan(0);
        expect(outcomes.filter(({ lost }) => lost !== undefined)).toEqual([]);
    },
    600_000,
);
