import type { z } from "zod";
import type { Bag } from "./bag";
import { hasUnknown } from "./unknown";

/** A property that can't be used, and why; an empty property stands for the resource as a whole. */
export interface CheckFailure {
    property: string;
    reason: string;
}

/** Names the keys that the engine or this package adds to what a program declares. */
const INTERNAL = new Set(["__provider", "mark", "secretContext"]);

/**
 * Holds inputs against a schema, property by property, so that one that is unknown in a preview does not hide
 * what is wrong with the others. Never calls the network, never throws.
 */
export function checkInputs(schema: z.ZodObject, news: Bag): CheckFailure[] {
    const failures: CheckFailure[] = [];
    for (const [property, type] of Object.entries(schema.shape)) {
        const value = news[property];
        if (hasUnknown(value)) {
            continue;
        }
        const result = (type as z.ZodType).safeParse(value);
        for (const issue of result.error?.issues ?? []) {
            failures.push({ property: [property, ...issue.path].join("."), reason: issue.message });
        }
    }
    for (const property of Object.keys(news)) {
        if (!Object.hasOwn(schema.shape, property) && !INTERNAL.has(property)) {
            const known = Object.keys(schema.shape).join(", ");
            failures.push({ property, reason: `is no input of this resource; there are ${known}` });
        }
    }
    return failures;
}
