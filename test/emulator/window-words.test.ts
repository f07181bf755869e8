import type { ShownWorkspace } from "../../emulator/src/window-view";
import { ACTIONS } from "../../emulator/window/actions";
import {
    durationText,
    errorText,
    makerText,
    membersText,
    phaseNote,
    phaseText,
    unsavedText,
} from "../../emulator/window/words";

const RUNNING: ShownWorkspace = {
    id: "w1",
    context: "https://github.com/acme/shop",
    maker: { kind: "stack", project: "shop", stack: "dev", resource: "review" },
    organization: "Acme",
    deleted: false,
    phase: "RUNNING",
    msInPhase: 65_000,
    unsaved: { uncommitted: 0, untracked: 0, unpushed: 0 },
};
const { phase: _phase, msInPhase: _ms, unsaved: _unsaved, ...FRESH } = RUNNING;

test.each([
    [0, "0 s"],
    [999, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min 0 s"],
    [3_599_999, "59 min 59 s"],
    [3_600_000, "1 h 0 min"],
    [90_060_000, "25 h 1 min"],
])("%d ms are %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
});

test.each<[Partial<ShownWorkspace>, string]>([
    [{}, "for 1 min 5 s"],
    [{ failed: "no node" }, "for 1 min 5 s · failed: no node"],
    [{ timeout: "workspace timed out" }, "for 1 min 5 s · workspace timed out"],
    [{ deleted: true }, "for 1 min 5 s · deleted"],
])("beside the phase, with %j", (change, text) => {
    expect(phaseNote({ ...RUNNING, ...change })).toBe(text);
});

test("what has never been started has no phase", () => {
    expect([phaseText(FRESH), phaseNote(FRESH), unsavedText(FRESH)]).toEqual([
        "never started",
        "",
        "not reported",
    ]);
});

test("who made a workspace", () => {
    expect(makerText(RUNNING)).toEqual({ name: "review", place: "in the stack shop/dev" });
    expect(makerText({ ...RUNNING, maker: { kind: "somebody" } }).place).toBe("made outside of Pulumi");
    expect(makerText({ ...RUNNING, maker: { kind: "unknown" } }).place).toMatch(/^not known/);
});

test.each([
    [{ uncommitted: 0, untracked: 0, unpushed: 0 }, "none"],
    [{ uncommitted: 1, untracked: 0, unpushed: 2 }, "1 uncommitted file, 2 unpushed commits"],
    [{ uncommitted: 0, untracked: 3, unpushed: 0 }, "3 untracked files"],
])("%j is %s", (unsaved, text) => {
    expect(unsavedText({ ...RUNNING, unsaved })).toBe(text);
});

test("members, and the lack of them", () => {
    const team = { id: "t1", name: "Acme", members: [], deleted: false };
    const members = [
        { id: "u1", name: "alice", role: "owner" as const },
        { id: "u2", name: "bob", role: "member" as const },
    ];
    expect(membersText({ ...team, members })).toBe("alice (owner), bob (member)");
    expect(membersText(team)).toBe("none");
    expect(membersText({ ...team, deleted: true })).toBe("deleted");
});

test.each([
    [{}, "none"],
    [{ code: "not_found" }, "not_found"],
    [{ fault: "drop" }, "fault: drop"],
    [{ code: "unavailable", fault: "error" }, "unavailable · fault: error"],
])("an answer with %j has the error %s", (answer, text) => {
    expect(errorText({ number: 1, at: 0, rpc: "GetWorkspace", about: "", ...answer })).toBe(text);
});

describe("a button", () => {
    const STOPPED: ShownWorkspace = { ...RUNNING, phase: "STOPPED" };
    const dirty = { uncommitted: 1, untracked: 0, unpushed: 0 };

    test.each<[string, ShownWorkspace, string | undefined]>([
        ["stop", RUNNING, undefined],
        ["stop", { ...RUNNING, deleted: true }, undefined],
        ["stop", STOPPED, "w1 is stopped already."],
        ["stop", FRESH, "w1 has never been started."],
        ["timeOut", { ...RUNNING, phase: "PREPARING" }, undefined],
        ["timeOut", STOPPED, "w1 is stopped already."],
        ["failInstance", { ...RUNNING, phase: "STOPPING" }, undefined],
        ["failInstance", FRESH, "w1 has never been started."],
        ["setGitStatus", RUNNING, undefined],
        ["setGitStatus", STOPPED, undefined],
        ["setGitStatus", FRESH, "w1 has not run yet, so nobody can have worked in it."],
        ["setGitStatus", { ...RUNNING, unsaved: dirty }, "w1 has uncommitted work already."],
        ["delete", FRESH, undefined],
        ["delete", { ...STOPPED, deleted: true }, "w1 is deleted already."],
    ])("%s on %j", (change, workspace, pointless) => {
        expect(actionOf(change).pointless(workspace)).toBe(pointless);
    });

    test.each<[ShownWorkspace["maker"], string]>([
        [RUNNING.maker, "w1 is stopped. Run pulumi refresh in the stack shop/dev to see it found."],
        [
            { kind: "somebody" },
            "w1 is stopped. No stack made it; one that has adopted it finds it with pulumi refresh.",
        ],
        [
            { kind: "unknown" },
            "w1 is stopped. The stack that made it, if one did, finds it with pulumi refresh.",
        ],
    ])("says what to do next, by %j", (maker, text) => {
        expect(actionOf("stop").done({ ...RUNNING, maker })).toBe(text);
    });

    function actionOf(change: string) {
        const action = ACTIONS.find((candidate) => candidate.change === change);
        if (action === undefined) {
            throw new Error(`there is no button for ${change}`);
        }
        return action;
    }
});
