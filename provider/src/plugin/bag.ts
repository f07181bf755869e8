/** A bag of properties as the dynamic host gives and takes them. */
export type Bag = Record<string, unknown>;

/** A resource that is there but not as declared: the engine saves it, and the next `up` goes on from it. */
export interface PartialFailure extends Error {
    id: string;
    properties: Bag;
    reasons: string[];
}

/**
 * The same without properties and items that are `undefined`, at any depth: the host can't encode one, and fails after the
 * work is done, so that nothing of it would be saved.
 */
export function withoutUndefined<T>(value: T): T {
    if (Array.isArray(value)) {
        return value.filter((inner) => inner !== undefined).map(withoutUndefined) as T;
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.map(([key, inner]) => [key, withoutUndefined(inner)])) as T;
}

/** Some properties of an object; those that it lacks stay absent. */
export function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
    const present = keys.filter((key) => from[key] !== undefined);
    return Object.fromEntries(present.map((key) => [key, from[key]])) as Pick<T, K>;
}

/** How the engine writes a value that is to be encrypted in the state. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A value as a secret output. The engine gives it back as it was. */
export function secret<T>(value: T): Bag {
    return { ...SECRET, value };
}

/** Anything thrown, as an error: the host prints "undefined" for a string, and hangs for `undefined`. */
export function toError(reason: unknown): Error {
    return reason instanceof Error ? reason : new Error(String(reason));
}

/**
 * Marks an error as one of a resource that exists. Without `__provider` among the properties neither refresh nor
 * destroy could run again.
 */
export function partialFailure(
    cause: unknown,
    id: string,
    properties: Bag,
    provider: unknown,
): PartialFailure {
    const error = toError(cause);
    return Object.assign(new Error(error.message, { cause }), {
        id,
        properties: withoutUndefined({ ...properties, __provider: provider }),
        reasons: [error.message],
    });
}
