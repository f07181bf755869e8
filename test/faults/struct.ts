type Bag = Record<string, unknown>;

/** How the engine writes a secret. */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/**
 * What is left of a bag that goes through the engine's messages, whose encoder knows JSON only. Like the real one it
 * fails on `undefined`, after the work has been done.
 */
export function throughStruct(bag: Bag): Bag {
    return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, encoded(value)]));
}

function encoded(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(encoded);
    }
    if (typeof value === "object" && value !== null) {
        return throughStruct(Object.fromEntries(Object.entries(value)));
    }
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
        return value;
    }
    throw new Error(`Unexpected struct type: ${typeof value}`);
}

/** A bag as a plugin that does not accept secrets gets it back. */
export function unwrapped(bag: Bag): Bag {
    return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, plain(value)]));
}

function plain(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return SECRET_MARK in value && "value" in value
        ? plain(value.value)
        : unwrapped(Object.fromEntries(Object.entries(value)));
}
