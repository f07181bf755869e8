import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..", "..");

export function read(file: string): string {
    return readFileSync(join(root, file), "utf8");
}

export function filesIn(folder: string, ending: string): string[] {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name))
        .sort();
}

/** What users read. */
export const documents = ["README.md", ...filesIn("docs", ".md")];
