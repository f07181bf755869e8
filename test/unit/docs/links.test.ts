import { existsSync } from "node:fs";
import { join } from "node:path";
import { documents, read, root } from "./documents";

const pages = [...documents, "CONTRIBUTING.md", "CHANGELOG.md", "emulator/README.md", "bench/README.md"];

/** A heading as GitHub makes an anchor of it. */
function slug(heading: string): string {
    return heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/\s/g, "-");
}

/** Code is no place for headings or links. */
function prose(file: string): string {
    return read(file).replace(/^```.*?^```$/gms, "");
}

function anchorsOf(file: string): string[] {
    return [...prose(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slug(heading));
}

const links = pages.flatMap((file) =>
    [...prose(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(([, path = "", anchor]) => ({
        from: file,
        target: path === "" ? file : join(file, "..", path),
        anchor,
    })),
);

test("every link between the documents leads somewhere", () => {
    expect(links.filter(({ target }) => !existsSync(join(root, target)))).toEqual([]);
});

test("every anchor is a heading", () => {
    const anchored = links.filter(({ anchor }) => anchor !== undefined);
    expect(anchored.length).toBeGreaterThan(0);
    expect(anchored.filter(({ target, anchor }) => !anchorsOf(target).includes(anchor ?? ""))).toEqual([]);
});

test("every document can be reached from the first page", () => {
    const reached = new Set(["README.md"]);
    for (const page of reached) {
        for (const { target } of links.filter(({ from }) => from === page)) {
            reached.add(target);
        }
    }
    expect(documents.filter((file) => !reached.has(file))).toEqual([]);
});
