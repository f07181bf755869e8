import type { ResourceMethods } from "../delegate";
import { checkTeam, type TeamInputs } from "./inputs";
import { createTeam, deleteTeam, readTeam, updateTeam } from "./lifecycle";
import { diffTeam, type TeamState } from "./state";

export const teamMethods: ResourceMethods<TeamInputs, TeamState> = {
    check: checkTeam,
    diff: diffTeam,
    create: createTeam,
    read: readTeam,
    update: updateTeam,
    delete: deleteTeam,
};
