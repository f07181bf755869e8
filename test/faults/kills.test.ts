import { NOTHING, RUNNING, STOPPED, workspace } from "./declarations";
import { testKills } from "./kill-series";

testKills([
    {
        what: "a create",
        declared: RUNNING,
        pinned: (["the engine", "the provider", "the engine and the provider"] as const).map((victims) => ({
            rpc: "CreateAndStartWorkspace",
            when: "after",
            victims,
        })),
    },
    { what: "a create of one that is to stop", declared: STOPPED, pinned: [] },
    { what: "a start", before: STOPPED, declared: RUNNING, pinned: [] },
    {
        what: "a stop",
        before: RUNNING,
        declared: STOPPED,
        pinned: [{ rpc: "StopWorkspace", when: "before", victims: "the provider" }],
    },
    {
        what: "a replacement",
        before: STOPPED,
        declared: workspace({ running: true, region: "europe" }),
        pinned: [],
    },
    {
        what: "a deletion",
        before: RUNNING,
        declared: NOTHING,
        pinned: [{ rpc: "DeleteWorkspace", when: "after", victims: "the engine" }],
    },
]);
