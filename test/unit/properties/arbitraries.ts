import fc from "fast-check";
import { UNKNOWN } from "../../../provider/src/plugin/unknown";

/** Characters that break what takes text for granted: controls, blanks of all kinds, halves of characters, marks. */
const ODD = [
    ..."\u0000\t\n\r\u001b\u007f\u0080\u0085\u00a0\u00ad\u200b\u200d\u2028\u202e\ufeff\uffff\ud800\udfff",
    ..." /\\?#%=,;:@[]{}<>|^`'\"$&+*~.-_!()",
    "%00",
    "%2F",
    "=/",
    "://",
    "PULUMI_URN=",
    "e\u0301",
    "😀",
    "👩‍👩‍👧",
    "ß",
    "İ",
];

const LONG = 20_000;

/** Texts of every kind of character, some of them very long. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
    { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
    { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom(...ODD), maxLength: 20 }) },
    // Code units, so that halves of characters come up.
    {
        weight: 2,
        arbitrary: fc
            .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
            .map((units) => String.fromCharCode(...units)),
    },
    {
        weight: 1,
        arbitrary: fc
            .tuple(
                fc.string({ unit: "binary", minLength: 1, maxLength: 5 }),
                fc.integer({ min: 1, max: LONG }),
            )
            .map(([text, length]) => text.repeat(length).slice(0, length)),
    },
    { weight: 1, arbitrary: fc.constantFrom("", " ", "undefined", "null", "__proto__", UNKNOWN) },
);

/** Whatever JSON can say, and some things that it can't. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
    anyText,
    fc.anything({ withNullPrototype: true, withSparseArray: true, withDate: true, withMap: true }),
    fc.jsonValue(),
);

const word = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_."), minLength: 1, maxLength: 12 });
const part = fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: anyText });

const target = fc.oneof(
    fc.tuple(word, word).map(([owner, name]) => `https://github.com/${owner}/${name}`),
    fc.tuple(part, part, part).map(([host, owner, rest]) => `https://${host}/${owner}/${rest}`),
    fc
        .tuple(word, word, fc.array(part, { maxLength: 4 }))
        .map(([owner, name, rest]) => `http://gitlab.example.com/${owner}/${name}/-/${rest.join("/")}`),
    word.map((id) => `snapshot/${id}`),
);

const variable = fc.tuple(part, part).map(([name, value]) => `${name}=${value}`);

/** Context URLs that are nearly or really some. */
export const contextUrl: fc.Arbitrary<string> = fc.oneof(
    { weight: 4, arbitrary: target },
    {
        weight: 3,
        arbitrary: fc
            .tuple(fc.array(variable, { minLength: 1, maxLength: 4 }), target)
            .map(([variables, url]) => `${variables.join(",")}/${url}`),
    },
    {
        weight: 1,
        arbitrary: fc
            .tuple(
                fc.constantFrom("imagebuild/", "referrer:x/", "open-prebuild/1/", "open-prebuild/"),
                target,
            )
            .map(([prefix, url]) => `${prefix}${url}`),
    },
    { weight: 1, arbitrary: anyText },
);

/** A bag of properties of which each is left out, as it should be, or anything. */
export function bagOf(
    properties: Record<string, fc.Arbitrary<unknown>>,
    oddity = 1,
): fc.Arbitrary<Record<string, unknown>> {
    const values = Object.fromEntries(
        Object.entries(properties).map(([name, good]) => [
            name,
            fc.oneof({ weight: 12, arbitrary: good }, { weight: oddity, arbitrary: anyValue }),
        ]),
    );
    return fc.record(values, { requiredKeys: [], noNullPrototype: true });
}
