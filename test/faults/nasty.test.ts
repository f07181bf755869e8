import type { Fault } from "gitpod-emulator";
import { TIME_SCALE, World } from "../engine/fixture";
import { TOO_LATE_MS } from "./cells";
import { type Declaration, NOTHING, RUNNING, STOPPED, team, workspace } from "./declarations";
import { assertAdvises } from "./invariant";
import { recover } from "./kill";
import { programOf } from "./programs";

/** Cells of the matrix in which most can go wrong, on the real engine: they hold the model of it to the truth. */
interface Nasty {
    what: string;
    before?: Declaration;
    declared: Declaration;
    fault: Fault;
    /** Whether the run that the fault strikes fails. */
    fails: boolean;
}

const CREATE = "CreateAndStartWorkspace";
const LATE = TOO_LATE_MS * TIME_SCALE;

const lost = (rpc: string): Fault => ({ rpc, when: "after", kind: "drop" });
const said = (rpc: string, when: Fault["when"], code: string): Fault => ({ rpc, when, kind: "error", code });

const CELLS: Nasty[] = [
    { what: "a create whose answer is lost", declared: RUNNING, fault: lost(CREATE), fails: false },
    {
        what: "a create that is refused after it wrote its row",
        declared: RUNNING,
        fault: said(CREATE, "after", "invalid_argument"),
        fails: false,
    },
    {
        what: "a create that is done after its deadline",
        declared: RUNNING,
        fault: { rpc: CREATE, when: "before", kind: "delay", ms: LATE },
        fails: false,
    },
    {
        what: "a create that did nothing",
        declared: RUNNING,
        fault: { rpc: CREATE, when: "before", kind: "noop" },
        fails: true,
    },
    {
        what: "a create from a prebuild whose answer is lost",
        declared: workspace({ running: true, prebuildId: "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b" }),
        fault: lost(CREATE),
        fails: false,
    },
    {
        what: "a first look that does not find what was made",
        declared: RUNNING,
        fault: said("GetWorkspace", "before", "not_found"),
        fails: true,
    },
    {
        what: "a start that is refused",
        before: STOPPED,
        declared: RUNNING,
        fault: said("StartWorkspace", "before", "failed_precondition"),
        fails: true,
    },
    {
        what: "a stop that is refused after a create",
        declared: STOPPED,
        fault: said("StopWorkspace", "before", "permission_denied"),
        fails: true,
    },
    {
        what: "a deletion that finds nothing, though it is there",
        before: STOPPED,
        declared: NOTHING,
        fault: said("DeleteWorkspace", "before", "not_found"),
        fails: false,
    },
    {
        what: "a replacement whose create is refused",
        before: STOPPED,
        declared: workspace({ running: true, region: "europe" }),
        fault: said(CREATE, "before", "permission_denied"),
        fails: true,
    },
    {
        what: "a team whose create says internal after the work",
        declared: team("Platform"),
        fault: said("CreateTeam", "after", "internal"),
        fails: false,
    },
    {
        what: "a team that was made, and whose slug can't be read",
        declared: team("Platform"),
        fault: said("GetOrganization", "before", "permission_denied"),
        fails: true,
    },
    {
        what: "a rename that did nothing",
        before: team("Platform"),
        declared: team("Better"),
        fault: { rpc: "UpdateOrganization", when: "before", kind: "noop" },
        fails: true,
    },
    {
        what: "a deletion of a team that did nothing",
        before: team("Platform"),
        declared: NOTHING,
        fault: { rpc: "DeleteTeam", when: "before", kind: "noop" },
        fails: false,
    },
];

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

test.each(CELLS)("$what", async ({ before, declared, fault, fails }) => {
    if (before !== undefined) {
        world.declare(programOf(before.program()));
        await world.stack.up();
    }
    world.declare(programOf(declared.program()));
    world.emulator.clearCalls();
    world.emulator.fail(fault);
    const message = await world.stack.up().then(
        () => "",
        (error: unknown) => String(error),
    );
    expect(world.emulator.calls.filter((call) => call.fault !== undefined)).toHaveLength(1);
    expect(message !== "").toBe(fails);
    if (fails) {
        assertAdvises(message);
    }
    await recover(world, declared, false);
});
