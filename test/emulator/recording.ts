import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface RecordedExchange {
    section: string;
    rpc: string;
    request: unknown;
    /** 0: no answer came. */
    status: number;
    code?: string;
    body?: unknown;
}

export function recordedExchanges(): RecordedExchange[] {
    return readFileSync(join(__dirname, "../data/real-answers.jsonl"), "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line): RecordedExchange => JSON.parse(line));
}

const PLACEHOLDER = /<[a-z]+\d*>/g;

/** What the names in the recording, such as `<team1>`, stand for in this run. */
export class Names {
    private readonly values = new Map<string, string>();

    bind(name: string, value: string): void {
        this.values.set(name, value);
    }

    of(name: string): string {
        const value = this.values.get(name);
        if (value === undefined) {
            throw new Error(`nothing is known of ${name} yet`);
        }
        return value;
    }

    fill(text: string): string {
        return text.replace(PLACEHOLDER, (name) => this.of(name));
    }

    /** All the ways in which `actual` differs from what was recorded; a name's first sight gives it its value. */
    differences(expected: unknown, actual: unknown, path = "body"): string[] {
        if (typeof expected === "string" && typeof actual === "string") {
            return this.fits(expected, actual) ? [] : [`${path}: ${actual}, recorded ${expected}`];
        }
        if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
            return expected.flatMap((entry, i) => this.differences(entry, actual[i], `${path}[${i}]`));
        }
        if (isObject(expected) && isObject(actual)) {
            const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
            return keys.flatMap((key) =>
                key in expected && key in actual
                    ? this.differences(expected[key], actual[key], `${path}.${key}`)
                    : [`${path}.${key}: ${key in expected ? "missing" : "not recorded"}`],
            );
        }
        return Object.is(expected, actual)
            ? []
            : [`${path}: ${JSON.stringify(actual)}, recorded ${JSON.stringify(expected)}`];
    }

    private fits(expected: string, actual: string): boolean {
        const names = expected.match(PLACEHOLDER) ?? [];
        const literals = expected
            .split(PLACEHOLDER)
            .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
        const values = new RegExp(`^${literals.join("(.+)")}$`).exec(actual)?.slice(1);
        return (
            values !== undefined &&
            names.every((name, i) => {
                const value = values[i] ?? "";
                return this.values.has(name) ? this.of(name) === value : this.isFirstSight(name, value);
            })
        );
    }

    private isFirstSight(name: string, value: string): boolean {
        if (name === "<time>") {
            return !Number.isNaN(Date.parse(value));
        }
        if (name !== "<secret>") {
            this.bind(name, value);
        }
        return value !== "";
    }
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
