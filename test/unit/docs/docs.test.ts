import * as gitpod from "pulumi-gitpod";
import { delegateText } from "../../../provider/src/delegate-text";
import { read } from "./documents";
import { limitsMarkdown } from "./limits";
import { statesMarkdown } from "./states";

/** What a page holds between two comments of a name. */
function shown(page: string, name: string): string | undefined {
    return new RegExp(`<!-- ${name} -->\\n(.*?)\\n<!-- /${name} -->`, "s").exec(read(page))?.[1];
}

test("the page of the running state shows what reconcile decides", () => {
    expect(shown("docs/guides/running-state.md", "states")).toBe(statesMarkdown());
});

test("the page of the limits shows what the pacer makes of them", async () => {
    expect(shown("docs/guides/limits.md", "limits")).toBe(await limitsMarkdown());
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
