import { documents, read } from "./documents";

/** A fenced block with a language. */
export interface Block {
    document: string;
    /** Among those of its document. */
    index: number;
    language: string;
    text: string;
}

/** A fence and what it holds; those without a language are for people only. */
const FENCE = /^```(\w*)\n(.*?)^```$/gms;

export function blocksOf(document: string): Block[] {
    return [...read(document).matchAll(FENCE)]
        .map(([, language = "", text = ""], index) => ({ document, index, language, text }))
        .filter(({ language }) => language !== "");
}

export const blocks = documents.flatMap(blocksOf);

/** The file that a block of code is meant to be, where its first line says so. */
export function fileOf({ text }: Block): string | undefined {
    return /^\/\/ ([\w.-]+\.ts)$/m.exec(text.split("\n", 1)[0] ?? "")?.[1];
}
