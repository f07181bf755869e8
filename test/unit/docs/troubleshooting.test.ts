import { read } from "./documents";
import { fixedLength, isIn, type SourceText, sourceTexts } from "./messages";

const page = read("docs/guides/troubleshooting.md");
const own = page.slice(0, page.indexOf("## Pulumi's own messages"));
const quotes = own.split("\n").flatMap((line) => {
    // A table that has a column of codes has it first.
    const [, message] = /^\|(?: `\w+`(?:, of a create)? \|)? `([^`]+)` \|/.exec(line) ?? [];
    return message ?? [];
});
const texts = sourceTexts();

/** Shorter ones put together what others say. */
const LONG = 20;

/** What a user may read as an error: what is thrown above the wire, and all advice. */
function isTold({ file, text, isThrown }: SourceText): boolean {
    return (
        fixedLength(text) >= LONG &&
        (file.endsWith("wire/advice.ts") ? text.includes(" ") : isThrown && !file.includes("/wire/"))
    );
}

test("the page quotes messages", () => {
    expect(quotes.length).toBeGreaterThan(60);
});

test.each(quotes)("a source says: %s", (quote) => {
    expect(texts.filter(({ text }) => isIn(quote, text))).not.toEqual([]);
});

test("the page has every message that is thrown, and all advice", () => {
    const long = quotes.filter((quote) => fixedLength(quote) >= 10);
    const missing = texts.filter(isTold).filter(({ text }) => !long.some((quote) => isIn(quote, text)));
    expect(missing).toEqual([]);
});
