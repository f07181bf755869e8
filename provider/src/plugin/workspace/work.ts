import type { GitStatus, Sighting } from "../../wire/domain";

/** How many names of each kind are shown. */
const SHOWN = 5;

function counted(count: number, one: string, many: string, names: string[]): string[] {
    if (count === 0) {
        return [];
    }
    const shown = names.slice(0, SHOWN).join(", ");
    const rest = count > SHOWN && shown !== "" ? ", …" : "";
    return [`${count} ${count === 1 ? one : many}${shown === "" ? "" : `: ${shown}${rest}`}`];
}

function listWork(status: GitStatus): string | undefined {
    const lines = [
        ...counted(
            status.totalUncommittedFiles,
            "uncommitted file",
            "uncommitted files",
            status.uncommittedFiles,
        ),
        ...counted(status.totalUntrackedFiles, "untracked file", "untracked files", status.untrackedFiles),
        ...counted(
            status.totalUnpushedCommits,
            "unpushed commit",
            "unpushed commits",
            status.unpushedCommits,
        ),
    ];
    if (lines.length === 0) {
        return undefined;
    }
    const branch = status.branch === "" ? "" : `on branch ${status.branch}, `;
    return `${branch}${lines.join("; ")}`;
}

/**
 * Work that a deletion would lose, in words for a person; `undefined` where there is none. Where the workspace
 * reported no git status, there may be some, unless nobody used it.
 */
export function unsavedWork({ instance }: Sighting): string | undefined {
    if (instance === undefined) {
        return undefined;
    }
    if (instance.gitStatus === undefined) {
        return instance.touched === false
            ? undefined
            : "somebody used it, and it has not reported what is uncommitted";
    }
    return listWork(instance.gitStatus);
}

/** Whether {@link unsavedWork} can tell, or has to be given the whole workspace. */
export function tellsWork({ instance }: Sighting): boolean {
    return instance === undefined || instance.gitStatus !== undefined || instance.touched !== undefined;
}
