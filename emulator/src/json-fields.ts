/** The request itself is wrong; the text says how. */
export class BadRequest extends Error {}

/** Reads the fields of a JSON object that somebody wrote by hand, and says what is wrong with it. */
export class JsonFields {
    private readonly read = new Set<string>();

    private constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

    static parse(text: string): JsonFields {
        let value: unknown;
        try {
            value = text.trim() === "" ? {} : JSON.parse(text);
        } catch (error) {
            throw new BadRequest(`the body is no JSON: ${String(error)}`);
        }
        if (typeof value !== "object" || value === null || Array.isArray(value)) {
            throw new BadRequest("the body must be a JSON object");
        }
        return new JsonFields({ ...value });
    }

    text(name: string): string {
        const value = this.optionalText(name);
        if (value === undefined) {
            throw new BadRequest(`"${name}" is missing`);
        }
        return value;
    }

    optionalText(name: string): string | undefined {
        return this.optional(name, "a text", (value) => typeof value === "string");
    }

    number(name: string): number {
        const value = this.optionalNumber(name);
        if (value === undefined) {
            throw new BadRequest(`"${name}" is missing`);
        }
        return value;
    }

    optionalNumber(name: string): number | undefined {
        return this.optional(name, "a number", (value) => typeof value === "number");
    }

    optionalNumberOr<T extends string>(name: string, word: T): number | T | undefined {
        return this.optional(
            name,
            `a number or "${word}"`,
            (value): value is number | T => typeof value === "number" || value === word,
        );
    }

    optionalTexts(name: string): string[] | undefined {
        return this.optional(
            name,
            "a list of texts",
            (value): value is string[] =>
                Array.isArray(value) && value.every((entry) => typeof entry === "string"),
        );
    }

    optionalTextMap(name: string): Record<string, string> | undefined {
        return this.optional(
            name,
            "an object of texts",
            (value): value is Record<string, string> =>
                typeof value === "object" &&
                value !== null &&
                Object.values(value).every((entry) => typeof entry === "string"),
        );
    }

    oneOf<T extends string>(name: string, choices: readonly T[]): T {
        const value = this.optionalOneOf(name, choices);
        if (value === undefined) {
            throw new BadRequest(`"${name}" is missing: ${choices.join(", ")}`);
        }
        return value;
    }

    optionalOneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
        return this.optional(name, `one of ${choices.join(", ")}`, (value): value is T =>
            choices.some((choice) => choice === value),
        );
    }

    /** A misspelt field would otherwise be a request for something else. */
    requireAllRead(): void {
        const unknown = Object.keys(this.fields).filter((name) => !this.read.has(name));
        if (unknown.length > 0) {
            throw new BadRequest(`unknown fields: ${unknown.join(", ")}`);
        }
    }

    private optional<T>(name: string, expected: string, fits: (value: unknown) => value is T): T | undefined {
        this.read.add(name);
        const value = this.fields[name];
        if (value === undefined) {
            return undefined;
        }
        if (!fits(value)) {
            throw new BadRequest(`"${name}" must be ${expected}`);
        }
        return value;
    }
}

/** Leaves out what is undefined: an absent option is not the same as an undefined one. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): Partial<T> {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given) as Partial<T>;
}
