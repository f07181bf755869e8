import { NOTHING, team } from "./declarations";
import { testKills } from "./kill-series";

testKills([
    {
        what: "the create of a team",
        declared: team("Platform"),
        pinned: [{ rpc: "CreateTeam", when: "after", victims: "the engine and the provider" }],
    },
    { what: "the rename of a team", before: team("Platform"), declared: team("Better"), pinned: [] },
    { what: "the deletion of a team", before: team("Platform"), declared: NOTHING, pinned: [] },
]);
