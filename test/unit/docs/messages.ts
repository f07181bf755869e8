import * as ts from "typescript";
import { filesIn, read } from "./documents";

/** What stands for what differs, in messages and on the page. */
const VARIABLE = "…";

/** A text of the sources. */
export interface SourceText {
    file: string;
    text: string;
    /** Whether it is what an error says. */
    isThrown: boolean;
}

function textOf(node: ts.Node): string | undefined {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
        return node.text;
    }
    return ts.isTemplateExpression(node)
        ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(VARIABLE)
        : undefined;
}

/** Every text in the package's own sources. */
export function sourceTexts(): SourceText[] {
    return filesIn("provider/src", ".ts")
        .filter((file) => !file.includes("/gen/"))
        .flatMap((file) => {
            const texts: SourceText[] = [];
            const visit = (node: ts.Node): void => {
                const text = textOf(node);
                if (text !== undefined) {
                    texts.push({ file, text, isThrown: ts.isNewExpression(node.parent) });
                }
                ts.forEachChild(node, visit);
            };
            visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true));
            return texts;
        });
}

/** Whether a message as the page quotes it is found in a text: its parts, in their order. */
export function isIn(quote: string, text: string): boolean {
    let from = 0;
    for (const part of quote.split(VARIABLE)) {
        const at = text.indexOf(part, from);
        if (at < 0) {
            return false;
        }
        from = at + part.length;
    }
    return true;
}

/** How much of a text never differs. */
export function fixedLength(text: string): number {
    return text.replaceAll(VARIABLE, "").trim().length;
}
