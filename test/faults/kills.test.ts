import { World } from "../engine/fixture";
import { type Declaration, NOTHING, RUNNING, STOPPED, team, workspace } from "./declarations";
import { killAt, type Moment, outliveEngines, recover, testWithProc, VICTIMS } from "./kill";

/** Each kill takes some seconds on a real engine, so a plain `npm test` takes some of them, always the same. */
const everything = process.env["FAULTS"] === "all";

outliveEngines();

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

interface Kill extends Moment {
    what: string;
    before?: Declaration;
    declared: Declaration;
    /** Of which victims in a plain `npm test`. */
    pinned?: readonly string[];
}

const KILLS: Kill[] = [
    {
        what: "a create",
        declared: RUNNING,
        rpc: "CreateAndStartWorkspace",
        when: "after",
        pinned: Object.keys(VICTIMS),
    },
    { what: "a create", declared: STOPPED, rpc: "CreateAndStartWorkspace", when: "before" },
    {
        what: "the look for a mark",
        declared: RUNNING,
        rpc: "WorkspacesService/ListWorkspaces",
        when: "before",
    },
    { what: "the wait for a start", declared: RUNNING, rpc: "GetWorkspace", when: "before" },
    { what: "a start", before: STOPPED, declared: RUNNING, rpc: "StartWorkspace", when: "after" },
    {
        what: "a stop",
        before: RUNNING,
        declared: STOPPED,
        rpc: "StopWorkspace",
        when: "before",
        pinned: ["the provider"],
    },
    {
        what: "a replacement",
        before: STOPPED,
        declared: workspace({ running: true, region: "europe" }),
        rpc: "CreateAndStartWorkspace",
        when: "after",
    },
    {
        what: "the stop before a deletion",
        before: RUNNING,
        declared: NOTHING,
        rpc: "StopWorkspace",
        when: "after",
    },
    {
        what: "a deletion",
        before: STOPPED,
        declared: NOTHING,
        rpc: "DeleteWorkspace",
        when: "after",
        pinned: ["the engine"],
    },
    {
        what: "the create of a team",
        declared: team("Platform"),
        rpc: "CreateTeam",
        when: "after",
        pinned: ["the engine and the provider"],
    },
    {
        what: "the rename of a team",
        before: team("Platform"),
        declared: team("Better"),
        rpc: "UpdateOrganization",
        when: "after",
    },
    {
        what: "the deletion of a team",
        before: team("Platform"),
        declared: NOTHING,
        rpc: "DeleteTeam",
        when: "after",
    },
];

const cases = KILLS.flatMap((kill) =>
    Object.entries(VICTIMS)
        .filter(([victims]) => everything || kill.pinned?.includes(victims) === true)
        .map(([victims, roles]) => ({ ...kill, victims, roles })),
);

testWithProc.each(cases)("a kill of $victims in $what, $when $rpc", async (kill) => {
    if (kill.before !== undefined) {
        kill.before.declare(world);
        await world.stack.up();
    }
    kill.declared.declare(world);
    expect(await killAt(world, kill, kill.roles)).not.toBe("");
    await recover(world, kill.declared, kill.roles.includes("engine"));
});
