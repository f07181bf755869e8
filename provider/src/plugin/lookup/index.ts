import * as teams from "./teams";
import * as workspaces from "./workspaces";

/** What the functions of the package run: see the program side for what they take and give. */
export const lookups = { ...teams, ...workspaces };

export { resolveConfig } from "../config";
export { createRuntime, type Runtime } from "../runtime";
