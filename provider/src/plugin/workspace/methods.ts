import type { ResourceMethods } from "../delegate";
import type { WorkspaceInputs } from "./inputs";
import type { WorkspaceState } from "./state";

// Each is loaded by the first who needs it: a check and a diff do without the client, a refresh and a destroy without the
// schema, and each of the two is half of what there is to load.
const inputs = (): typeof import("./inputs") => require("./inputs");
const diff = (): typeof import("./diff") => require("./diff");
const lifecycle = (): typeof import("./lifecycle") => require("./lifecycle");
const read = (): typeof import("./read") => require("./read");
const deletion = (): typeof import("./delete") => require("./delete");

export const workspaceMethods: ResourceMethods<WorkspaceInputs, WorkspaceState> = {
    check: (_olds, news) => inputs().checkWorkspace(news),
    diff: (...call) => diff().diffWorkspace(...call),
    create: (...call) => lifecycle().createWorkspace(...call),
    read: (...call) => read().readWorkspace(...call),
    update: (...call) => lifecycle().updateWorkspace(...call),
    delete: (...call) => deletion().deleteWorkspace(...call),
};
