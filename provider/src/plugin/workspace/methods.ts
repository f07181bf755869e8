import type { ResourceMethods } from "../delegate";
import { deleteWorkspace } from "./delete";
import { diffWorkspace } from "./diff";
import { checkWorkspace, type WorkspaceInputs } from "./inputs";
import { createWorkspace, updateWorkspace } from "./lifecycle";
import { readWorkspace } from "./read";
import type { WorkspaceState } from "./state";

export const workspaceMethods: ResourceMethods<WorkspaceInputs, WorkspaceState> = {
    check: (_olds, news) => checkWorkspace(news),
    diff: diffWorkspace,
    create: createWorkspace,
    read: readWorkspace,
    update: updateWorkspace,
    delete: deleteWorkspace,
};
