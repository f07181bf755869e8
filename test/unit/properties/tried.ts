import fc from "fast-check";
import { withoutNetwork } from "./no-network";

/** How long a property of one file may take in all is a matter of these: some thousands of inputs take some seconds. */
export const RUNS = 3_000;

const tried = new Map<string, number>();

/**
 * Holds a property against so many inputs, none of which may open a connection, and counts them. A failure prints the seed and the smallest input that fails; to
 * see it again, give `seed` and `path` of the message to `fc.assert`.
 */
export async function forAll<T>(
    what: string,
    inputs: fc.Arbitrary<T>,
    property: (input: T) => void | Promise<void>,
    runs = RUNS,
): Promise<void> {
    let count = 0;
    try {
        await fc.assert(
            fc.asyncProperty(inputs, async (input) => {
                count += 1;
                await withoutNetwork(() => property(input));
            }),
            { numRuns: runs },
        );
    } finally {
        tried.set(what, count);
    }
}

/** To be called at the end of a file. */
export function printTried(): void {
    const lines = [...tried].map(([what, count]) => `  ${count} ${what}`);
    console.log(`inputs tried:\n${lines.join("\n")}`);
}

/** Fails for a value that the host could not encode: one that is `undefined` at any depth, or changes as JSON. */
export function expectEncodable(value: unknown): void {
    expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
}
