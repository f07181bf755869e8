import type { ResourceMethods } from "../delegate";
import { checkTeam, type TeamInputs } from "./inputs";
import { diffTeam, type TeamState } from "./state";

// Loaded by the first who needs it, and the client with it: a check and a diff do without.
const lifecycle = (): typeof import("./lifecycle") => require("./lifecycle");

export const teamMethods: ResourceMethods<TeamInputs, TeamState> = {
    check: checkTeam,
    diff: diffTeam,
    create: (...call) => lifecycle().createTeam(...call),
    read: (...call) => lifecycle().readTeam(...call),
    update: (runtime, id, olds, news) => lifecycle().updateTeam(runtime, id, olds, news),
    delete: (...call) => lifecycle().deleteTeam(...call),
};
