import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as ts from "typescript";
import { parse } from "yaml";
import { type Block, blocks, fileOf } from "./blocks";
import { root } from "./documents";

const named = (block: Block): [string, Block] => [`${block.document}, block ${block.index + 1}`, block];
const of = (language: string): [string, Block][] =>
    blocks.filter((block) => block.language === language).map(named);

/** Throws where a block is not what its language wants. TypeScript is compiled below, all of it at once. */
const CHECKS: Record<string, (text: string) => unknown> = {
    json: (text) => JSON.parse(text),
    yaml: (text) => parse(text),
    sh: (text) => execFileSync("bash", ["-n"], { input: text, stdio: ["pipe", "ignore", "pipe"] }),
    // What a command says: the test that runs the page sees whether it does.
    text: (text) => expect(text.trim()).not.toBe(""),
    mermaid: (text) => expect(text).toMatch(/^stateDiagram-v2\n/),
};

test("there is a check for every language", () => {
    const languages = new Set(blocks.map(({ language }) => language));
    expect([...languages].filter((language) => language !== "typescript" && !(language in CHECKS))).toEqual(
        [],
    );
});

test.each(blocks.filter(({ language }) => language !== "typescript").map(named))(
    "%s",
    (_, { language, text }) => {
        CHECKS[language]?.(text);
    },
);

test("all TypeScript compiles against the package as it is installed", () => {
    const programs = new Map(
        of("typescript").map(([, block]) => {
            const folder = block.document.replace(/[^\w]/g, "-");
            return [join(root, folder, fileOf(block) ?? `${block.index}.ts`), block.text];
        }),
    );
    expect(programs.size).toBeGreaterThan(10);
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    // A program is run, not published.
    options.declaration = false;
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists, readFile, directoryExists } = host;
    host.fileExists = (name) => programs.has(name) || fileExists.call(host, name);
    host.readFile = (name) => programs.get(name) ?? readFile.call(host, name);
    host.directoryExists = (name) =>
        [...programs.keys()].some((file) => join(file, "..") === name) ||
        directoryExists?.call(host, name) === true;
    host.getSourceFile = (name, target, ...rest) => {
        const text = programs.get(name);
        return text === undefined
            ? getSourceFile.call(host, name, target, ...rest)
            : ts.createSourceFile(name, text, target);
    };
    const program = ts.createProgram([...programs.keys()], options, host);
    const problems = ts
        .getPreEmitDiagnostics(program)
        .map(
            ({ file, messageText }) =>
                `${relative(root, file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
        );
    expect(problems).toEqual([]);
}, 60_000);
