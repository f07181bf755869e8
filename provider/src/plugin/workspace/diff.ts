import { isDeepStrictEqual } from "node:util";
import type { WorkspaceInputs } from "./inputs";
import { REPLACING, SAVED } from "./keys";
import type { WorkspaceState } from "./state";

/** What changes between the saved state and a declaration. */
export interface WorkspaceDiff {
    changes: boolean;
    replaces: string[];
    deleteBeforeReplace: true;
}

/** A value as it is compared: an option that is left out equals its default. */
function comparable(inputs: Partial<WorkspaceInputs>, key: (typeof REPLACING)[number]): unknown {
    switch (key) {
        case "forceDefaultConfig":
            return inputs.forceDefaultConfig ?? false;
        case "editor":
            return inputs.editor === undefined
                ? undefined
                : typeof inputs.editor === "object"
                  ? { ...inputs.editor, version: inputs.editor.version ?? "stable" }
                  : inputs.editor;
        default:
            return inputs[key];
    }
}

/**
 * Compares the saved state with a declaration. `running` is compared with what was observed, which makes drift a
 * change; left out, it is nobody's business here. A changed mark is no difference, since the workspace is known by
 * its id. `adopt` was read at creation and is not looked at again.
 */
export function diffWorkspace(olds: WorkspaceState, news: WorkspaceInputs): WorkspaceDiff {
    const replaces: string[] = REPLACING.filter(
        (key) => !isDeepStrictEqual(comparable(olds, key), comparable(news, key)),
    );
    if (news.organizationId !== undefined && news.organizationId !== olds.organizationId) {
        replaces.push("organizationId");
    }
    const saved = SAVED.some((key) => !isDeepStrictEqual(olds[key], news[key]));
    const declared = (["running", "organizationId"] as const).some(
        (key) => (olds.declared ?? []).includes(key) !== (news[key] !== undefined),
    );
    const running = news.running !== undefined && news.running !== olds.running;
    return {
        changes: replaces.length > 0 || saved || declared || running,
        replaces,
        deleteBeforeReplace: true,
    };
}
