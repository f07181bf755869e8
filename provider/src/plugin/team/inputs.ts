import { z } from "zod";
import type { Bag } from "../bag";
import { type CheckFailure, checkInputs } from "../check";
import { isUuid } from "../config";
import { hasUnknown } from "../unknown";

/** The inputs of a team as they reach the plugin. */
export interface TeamInputs {
    name: string;
    adopt?: string;
    allowDuplicateName?: boolean;
}

const MIN_NAME = 3;
/** The longest name that a team can be created with. */
const MAX_NAME = 64;
/** The longest name that a team can be renamed to. */
export const MAX_RENAME = 32;

const NAME = `must be ${MIN_NAME} to ${MAX_NAME} characters, such as "Platform"`;

const schema = z.object({
    name: z
        .string({ error: `is required: it ${NAME}` })
        .refine((name) => name.trim().length >= MIN_NAME && name.trim().length <= MAX_NAME, { error: NAME })
        // What goes over the wire would be another character, and the team never have the name that is declared.
        .refine((name) => !/\p{Surrogate}/u.test(name), {
            error: "must not hold half of a character (a lone surrogate)",
        }),
    adopt: z
        .string({ error: "must be the id of a team, a UUID" })
        .refine(isUuid, { error: "must be the id of a team, a UUID" })
        .optional(),
    allowDuplicateName: z.boolean({ error: "must be true or false" }).optional(),
});

/** What is wrong with a declaration, and the inputs in the form in which they are compared and saved. */
export function checkTeam(olds: Bag, news: Bag): { inputs: Bag; failures: CheckFailure[] } {
    const failures = checkInputs(schema, news);
    const inputs = { ...news };
    const { name, adopt } = news;
    if (typeof name === "string" && !hasUnknown(name)) {
        // The server trims it.
        const wanted = name.trim();
        inputs["name"] = wanted;
        const renamed = typeof olds["name"] === "string" && olds["name"] !== wanted;
        if (renamed && wanted.length > MAX_RENAME && failures.length === 0) {
            failures.push({
                property: "name",
                reason: `can be at most ${MAX_RENAME} characters where a team is renamed, which has ${wanted.length}; Gitpod takes ${MAX_NAME} only where it is created`,
            });
        }
    }
    if (typeof adopt === "string" && isUuid(adopt)) {
        inputs["adopt"] = adopt.toLowerCase();
    }
    return { inputs, failures };
}
