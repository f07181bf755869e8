import { type Delegate, delegate } from "../delegate";
import { checkTeam, type TeamInputs } from "./inputs";
import { createTeam, deleteTeam, readTeam, updateTeam } from "./lifecycle";
import { diffTeam, type TeamState } from "./state";

const team: Delegate = delegate<TeamInputs, TeamState>({
    check: checkTeam,
    diff: diffTeam,
    create: createTeam,
    read: readTeam,
    update: updateTeam,
    delete: deleteTeam,
});

// What `require` gives to the dynamic host is the delegate itself.
export = team;
