import { partialFailure, toError, withoutUndefined } from "../../../provider/src/plugin/bag";
import { parseDuration } from "../../../provider/src/plugin/duration";
import { hasUnknown, UNKNOWN } from "../../../provider/src/plugin/unknown";

describe("withoutUndefined", () => {
    test("leaves out what is undefined at any depth, and keeps everything else", () => {
        const bag = {
            a: undefined,
            b: null,
            c: "",
            d: 0,
            e: false,
            f: { g: undefined, h: { i: undefined }, j: [1, undefined, { k: undefined, l: 2 }, [undefined]] },
            m: [],
        };
        expect(withoutUndefined(bag)).toStrictEqual({
            b: null,
            c: "",
            d: 0,
            e: false,
            f: { h: {}, j: [1, { l: 2 }, []] },
            m: [],
        });
    });

    test.each([["text"], [7], [true], [null], [undefined]])("leaves %p as it is", (value) => {
        expect(withoutUndefined(value)).toBe(value);
    });

    test("does not change what it was given", () => {
        const bag = { a: undefined, b: { c: undefined } };
        withoutUndefined(bag);
        expect(bag).toStrictEqual({ a: undefined, b: { c: undefined } });
    });
});

describe("toError", () => {
    test("an error stays what it is", () => {
        const error = new TypeError("t");
        expect(toError(error)).toBe(error);
    });

    test.each([
        ["text", "text"],
        [undefined, "undefined"],
        [null, "null"],
        [42, "42"],
        [Symbol("s"), "Symbol(s)"],
    ])("%p becomes an error", (reason, message) => {
        expect(toError(reason)).toEqual(new Error(message));
    });
});

test.each([
    ["an error", new Error("it broke"), "it broke"],
    ["a string", "it broke", "it broke"],
    ["undefined", undefined, "undefined"],
])("a partial failure from %s carries what the engine needs to go on", (_, cause, message) => {
    const failed = partialFailure(cause, "acme-shop-1", { a: 1, b: undefined }, "exports.handler=…");
    expect(failed).toBeInstanceOf(Error);
    expect(failed.message).toBe(message);
    expect(failed.id).toBe("acme-shop-1");
    expect(failed.reasons).toEqual([message]);
    expect(failed.properties).toStrictEqual({ a: 1, __provider: "exports.handler=…" });
    expect(failed.cause).toBe(cause);
});

describe("durations", () => {
    test.each([
        ["90s", 90_000],
        ["20m", 1_200_000],
        ["1h30m", 5_400_000],
        ["1h1m1s1ms", 3_661_001],
        ["1.5h", 5_400_000],
        ["0s", 0],
        ["250ms", 250],
    ])("%s is %d ms", (text, ms) => {
        expect(parseDuration(text)).toBe(ms);
    });

    test.each([
        "",
        "20",
        "m",
        "20 m",
        "20M",
        "-5m",
        "20m!",
        "1d",
        "PT20M",
        " 20m",
        "20m\n",
        "1..5h",
        ".5h",
        "１m",
    ])("%j is none", (text) => {
        expect(parseDuration(text)).toBeUndefined();
    });
});

describe("what is not known in a preview", () => {
    test.each([[UNKNOWN], [[UNKNOWN]], [{ a: { b: [1, { c: UNKNOWN }] } }]])("%j", (value) => {
        expect(hasUnknown(value)).toBe(true);
    });

    test.each([[undefined], [null], [""], [`x${UNKNOWN}`], [[]], [{}], [{ [UNKNOWN]: 1 }], [7], [true]])(
        "but not %j",
        (value) => {
            expect(hasUnknown(value)).toBe(false);
        },
    );
});
