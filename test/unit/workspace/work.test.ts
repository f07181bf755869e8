import { unsavedWork } from "../../../provider/src/plugin/workspace/work";
import type { GitStatus } from "../../../provider/src/wire/domain";
import { workspaceIn } from "../support/fake-client";

const CLEAN: GitStatus = {
    branch: "main",
    uncommittedFiles: [],
    totalUncommittedFiles: 0,
    untrackedFiles: [],
    totalUntrackedFiles: 0,
    unpushedCommits: [],
    totalUnpushedCommits: 0,
};

const work = (status: Partial<GitStatus>, touched = false): string | undefined =>
    unsavedWork(workspaceIn("w", "RUNNING", { gitStatus: { ...CLEAN, ...status }, touched }));

test.each<[string, Partial<GitStatus>, string | undefined]>([
    ["a clean copy", {}, undefined],
    [
        "one uncommitted file",
        { uncommittedFiles: ["a"], totalUncommittedFiles: 1 },
        "on branch main, 1 uncommitted file: a",
    ],
    [
        "untracked files",
        { untrackedFiles: ["a", "b"], totalUntrackedFiles: 2 },
        "on branch main, 2 untracked files: a, b",
    ],
    [
        "an unpushed commit",
        { unpushedCommits: ["0b7f9a6"], totalUnpushedCommits: 1 },
        "on branch main, 1 unpushed commit: 0b7f9a6",
    ],
    [
        "of each some",
        {
            uncommittedFiles: ["a"],
            totalUncommittedFiles: 1,
            untrackedFiles: ["b"],
            totalUntrackedFiles: 1,
            unpushedCommits: ["c", "d"],
            totalUnpushedCommits: 2,
        },
        "on branch main, 1 uncommitted file: a; 1 untracked file: b; 2 unpushed commits: c, d",
    ],
    [
        "more than is shown",
        { untrackedFiles: ["a", "b", "c", "d", "e", "f"], totalUntrackedFiles: 6 },
        "on branch main, 6 untracked files: a, b, c, d, e, …",
    ],
    [
        "exactly as many as are shown",
        { untrackedFiles: ["a", "b", "c", "d", "e"], totalUntrackedFiles: 5 },
        "on branch main, 5 untracked files: a, b, c, d, e",
    ],
    [
        "a list that the server has cut",
        { untrackedFiles: ["a"], totalUntrackedFiles: 700 },
        "on branch main, 700 untracked files: a, …",
    ],
    ["a total without a list", { totalUnpushedCommits: 3 }, "on branch main, 3 unpushed commits"],
    ["no branch", { branch: "", totalUnpushedCommits: 1 }, "1 unpushed commit"],
])("%s", (_, status, expected) => {
    expect(work(status)).toBe(expected);
});

test("a clean copy is clean, whoever used it", () => {
    expect(work({}, true)).toBeUndefined();
});

describe("where the workspace reported no git status", () => {
    test("there may be work if somebody used it", () => {
        expect(unsavedWork(workspaceIn("w", "STOPPED", { touched: true }))).toMatch(/somebody used it/);
    });

    test("there is none if nobody did", () => {
        expect(unsavedWork(workspaceIn("w", "STOPPED"))).toBeUndefined();
        expect(unsavedWork(workspaceIn("w", undefined))).toBeUndefined();
    });
});
