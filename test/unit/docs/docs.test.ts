import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as gitpod from "pulumi-gitpod";
import * as ts from "typescript";
import { delegateText } from "../../../provider/src/delegate-text";
import { statesMarkdown } from "./states";

const root = join(__dirname, "..", "..", "..");

function read(file: string): string {
    return readFileSync(join(root, file), "utf8");
}

function filesIn(folder: string, ending: string): string[] {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name));
}

const documents = ["README.md", ...filesIn("docs", ".md")];
const sources = [
    "provider/src/workspace.ts",
    "provider/src/team.ts",
    ...filesIn("provider/src/lookup", ".ts"),
];

test("the page of the workspace shows what reconcile decides", () => {
    const [, shown] = /<!-- states -->\n(.*?)\n<!-- \/states -->/s.exec(read("docs/workspace.md")) ?? [];
    expect(shown).toBe(statesMarkdown());
});

test("every link between the documents leads somewhere", () => {
    const broken = documents.flatMap((file) =>
        [...read(file).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)]
            .map(([, target]) => join(file, "..", target ?? ""))
            .filter((target) => !existsSync(join(root, target)))
            .map((target) => `${file} → ${target}`),
    );
    expect(broken).toEqual([]);
});

describe("examples", () => {
    const examples = new Map<string, string>();
    for (const file of [...documents, ...sources]) {
        // In a doc comment each line begins with a star.
        const text = read(file).replace(/^ *\* ?/gm, "");
        for (const [index, match] of [...text.matchAll(/^```typescript\n(.*?)^```$/gms)].entries()) {
            examples.set(join(root, `${file.replace(/[^\w]/g, "-")}-${index}.ts`), match[1] ?? "");
        }
    }

    test("there are some in each document of a resource and in each source", () => {
        expect(examples.size).toBeGreaterThan(documents.length + sources.length);
    });

    test("all of them compile against the package as it is installed", () => {
        const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) =>
            readFileSync(path, "utf8"),
        );
        const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
        // A program is run, not published.
        options.declaration = false;
        const host = ts.createCompilerHost(options);
        const { getSourceFile, fileExists, readFile } = host;
        host.fileExists = (name) => examples.has(name) || fileExists.call(host, name);
        host.readFile = (name) => examples.get(name) ?? readFile.call(host, name);
        host.getSourceFile = (name, target, ...rest) => {
            const text = examples.get(name);
            return text === undefined
                ? getSourceFile.call(host, name, target, ...rest)
                : ts.createSourceFile(name, text, target);
        };
        const program = ts.createProgram([...examples.keys()], options, host);
        const problems = ts
            .getPreEmitDiagnostics(program)
            .map(
                ({ file, messageText }) =>
                    `${relative(root, file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
            );
        expect(problems).toEqual([]);
    });
});

describe("the table of the API reference in the README", () => {
    const operations = [
        "listWorkspaces",
        "getWorkspace",
        "createAndStartWorkspace",
        "getOwnerToken",
        "startWorkspace",
        "stopWorkspace",
        "createTeam",
        "list all teams",
        "get a team",
        "update a team",
        "delete a team",
    ];
    const rows = [...read("README.md").matchAll(/^\| (.+?) \| (.+?) \| \[(.+?)\]\((.+?)\) \|$/gm)].map(
        ([, operation = "", where = "", title = "", file = ""]) => ({ operation, where, title, file }),
    );

    test("names every operation", () => {
        expect(rows.map(({ operation }) => operation.replace(/`/g, ""))).toEqual(operations);
    });

    test.each(operations)("%s: it is in the package, and the test is there", (operation) => {
        const row = rows.find((candidate) => candidate.operation.replace(/`/g, "") === operation);
        const names = [...(row?.where ?? "").matchAll(/`gitpod\.(\w+)`/g)].map(([, name]) => name ?? "");
        expect(names.length).toBeGreaterThan(0);
        for (const name of names) {
            expect(gitpod).toHaveProperty(name);
        }
        expect(read(row?.file ?? "")).toContain(`"${row?.title}`);
    });
});

test("what the state holds of this package is short and never changes", () => {
    expect(delegateText("workspace")).toBe('exports.handler=()=>require("pulumi-gitpod/workspace")');
    expect(delegateText("team")).toBe('exports.handler=()=>require("pulumi-gitpod/team")');
    expect(delegateText("workspace").length).toBeLessThan(100);
});
