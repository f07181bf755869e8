import { Drive, type Goal, WaitTimeout } from "../../../provider/src/plugin/workspace/drive";
import type { Attempt } from "../../../provider/src/plugin/workspace/reconcile";
import type { Phase, Sighting, Workspace } from "../../../provider/src/wire/domain";
import { failure } from "../support/failures";
import { ORG, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const START: Goal = { desired: "running", waitForRunning: true, timeoutMs: 1_200_000, timeoutKey: "start" };
const STOP: Goal = { desired: "stopped", waitForRunning: true, timeoutMs: 600_000, timeoutKey: "stop" };
const FRESH: Attempt = { kind: "none" };

let runtime: FakeRuntime;

beforeEach(() => {
    runtime = fakeRuntime();
});

/** Puts a workspace into a phase, and brings it where a goal wants it. */
function drive(phase: Phase | undefined, goal: Goal, attempt: Attempt = FRESH, rest = {}): Promise<Sighting> {
    const workspace = runtime.client.put(workspaceIn("w", phase, rest));
    return on(workspace, goal, attempt);
}

function on(workspace: Workspace | undefined, goal: Goal, attempt: Attempt): Promise<Sighting> {
    const target = { id: "w", organizationId: ORG, name: "review" };
    return runtime.clock.until(new Drive(runtime, target, goal, workspace, attempt).run());
}

const acts = (): string[] =>
    runtime.client.calls.map(({ method }) => method).filter((method) => /^(start|stop)/.test(method));

describe("to running", () => {
    test("one that runs needs no call", async () => {
        expect((await drive("RUNNING", START)).instance?.phase).toBe("RUNNING");
        expect(runtime.client.calls).toEqual([]);
    });

    test("one that is stopped is started once, and waited for", async () => {
        expect((await drive("STOPPED", START)).instance).toMatchObject({ id: "run-2", phase: "RUNNING" });
        expect(acts()).toEqual(["startWorkspace"]);
        expect(runtime.lines).toEqual([
            "gitpod.Workspace review: STOPPED → PREPARING after 0 s",
            "gitpod.Workspace review: PREPARING → RUNNING after 3 s",
        ]);
    });

    test("one that is stopping is started only when it has stopped: a start would be swallowed", async () => {
        runtime.client.later(5_000, () => runtime.client.put(workspaceIn("w", "STOPPED")));
        expect((await drive("STOPPING", START)).instance?.phase).toBe("RUNNING");
        expect(runtime.client.times("startWorkspace")).toEqual([5_000]);
    });

    test("one that never had an instance is started", async () => {
        expect((await drive(undefined, START)).instance?.phase).toBe("RUNNING");
        expect(acts()).toEqual(["startWorkspace"]);
    });

    test("a start that did nothing is repeated", async () => {
        const effect = runtime.client.started;
        runtime.client.started = () => {
            runtime.client.started = effect;
        };
        expect((await drive("STOPPED", START)).instance?.phase).toBe("RUNNING");
        expect(acts()).toEqual(["startWorkspace", "startWorkspace"]);
    });

    test("a start that fails quotes its reason, and is not repeated", async () => {
        runtime.client.started = (id) => {
            runtime.client.put(workspaceIn(id, "PREPARING", { id: "run-2" }));
            const ended = workspaceIn(id, "STOPPED", { id: "run-2", failed: "no such image" });
            runtime.client.later(3_000, () => runtime.client.put(ended));
        };
        await expect(drive("STOPPED", START)).rejects.toThrow(
            /^workspace w could not start: no such image\. Mend the cause and run `pulumi up` again/,
        );
        expect(acts()).toEqual(["startWorkspace"]);
    });

    test("one that was created and has failed already is not started again", async () => {
        const failed = { failed: "no such image" };
        await expect(drive("STOPPED", START, { kind: "started" }, failed)).rejects.toThrow(/could not start/);
        expect(acts()).toEqual([]);
    });

    test("without a wait it ends as soon as the start is accepted", async () => {
        const seen = await drive("STOPPED", { ...START, waitForRunning: false });
        expect(seen.instance?.phase).toBe("PREPARING");
        expect(runtime.clock.now()).toBe(0);
    });

    test("without a wait it still waits out a stop, which comes first", async () => {
        runtime.client.later(5_000, () => runtime.client.put(workspaceIn("w", "STOPPED")));
        const seen = await drive("STOPPING", { ...START, waitForRunning: false });
        expect(seen.instance?.phase).toBe("PREPARING");
        expect(acts()).toEqual(["startWorkspace"]);
    });
});

describe("to stopped", () => {
    test.each<Phase | undefined>(["STOPPED", undefined])("%s needs no call", async (phase) => {
        await drive(phase, STOP);
        expect(runtime.client.calls).toEqual([]);
    });

    test("one that runs is asked once, and waited for", async () => {
        expect((await drive("RUNNING", STOP)).instance?.phase).toBe("STOPPED");
        expect(acts()).toEqual(["stopWorkspace"]);
    });

    test("a lost stop is asked for again every ten seconds, not each tick", async () => {
        let lost = 3;
        const effect = runtime.client.stopped;
        runtime.client.stopped = (id) => {
            lost -= 1;
            if (lost < 0) {
                effect(id);
            }
        };
        expect((await drive("PREPARING", STOP)).instance?.phase).toBe("STOPPED");
        // At the first look after that: looks come 0.2 s after a stop, then less and less often.
        expect(runtime.client.times("stopWorkspace")).toEqual([0, 10_600, 20_600, 30_600]);
    });

    test("a stop that was lost in one phase is asked for again in the next", async () => {
        runtime.client.stopped = () => undefined;
        runtime.client.later(3_000, () => {
            runtime.client.stopped = () => runtime.client.run("w", "STOPPING", 1_000, "STOPPED");
            runtime.client.put(workspaceIn("w", "PENDING"));
        });
        await drive("PREPARING", STOP);
        expect(runtime.client.times("stopWorkspace")).toEqual([0, 3_600]);
    });

    test("waits for the stop also where starts are not waited for", async () => {
        const seen = await drive("RUNNING", { ...STOP, waitForRunning: false });
        expect(seen.instance?.phase).toBe("STOPPED");
    });

    test("a stop that is refused is an error, and what was read before it is no longer good", async () => {
        const wrote = jest.spyOn(runtime.observer, "wrote");
        runtime.client.fail("stopWorkspace", failure("failed_precondition", { message: "maintenance" }));
        await expect(drive("RUNNING", STOP)).rejects.toThrow("maintenance");
        expect(wrote).toHaveBeenCalled();
    });
});

describe("a wait", () => {
    test("ends with its deadline, and says the phase, how long, and what the server says", async () => {
        const message = { message: "pulling the image" };
        const outcome = drive("CREATING", { ...START, timeoutMs: 90_500 }, FRESH, message);
        await expect(outcome).rejects.toThrow(WaitTimeout);
        await expect(outcome).rejects.toThrow(
            "workspace w is not running after 91 s: its phase is CREATING, the server says: pulling the image. It is kept; run `pulumi up` again to go on waiting, or give it longer in timeouts.start",
        );
        expect(runtime.clock.now()).toBe(90_500);
    });

    test.each([
        ["startWorkspace", "STOPPED", START, 3_000],
        ["stopWorkspace", "RUNNING", STOP, 2_000],
    ] as const)("does not count the turn that a %s waits for", async (method, phase, goal, takesMs) => {
        runtime.client.turns.set(method, 3_600_000);
        await drive(phase, { ...goal, timeoutMs: 2 * takesMs });
        await expect(drive(phase, { ...goal, timeoutMs: takesMs / 2 })).rejects.toThrow(WaitTimeout);
    });

    test("a stop that waited for its turn is not sent again as soon as it is answered", async () => {
        runtime.client.turns.set("stopWorkspace", 3_600_000);
        runtime.client.stopped = () => runtime.client.run("w", "RUNNING", 2_000, "STOPPED");
        await drive("RUNNING", STOP);
        expect(acts()).toEqual(["stopWorkspace"]);
    });

    test("for a stop says so, and that the server gave no reason", async () => {
        const goal = { ...STOP, timeoutMs: 30_000, timeoutKey: "delete" as const };
        await expect(drive("STOPPING", goal)).rejects.toThrow(
            /is not stopped after 30 s: its phase is STOPPING, the server gave no reason.*timeouts\.delete$/,
        );
    });

    test("ends with its deadline also while an answer is outstanding", async () => {
        jest.spyOn(runtime.client, "getWorkspace").mockImplementation(async () => {
            await runtime.clock.sleep(600_000);
            return workspaceIn("w", "RUNNING");
        });
        await expect(drive("CREATING", { ...START, timeoutMs: 60_000 })).rejects.toThrow(/after 60 s/);
        expect(runtime.clock.now()).toBe(60_000);
    });

    test.each([
        "unavailable",
        "internal",
        "unknown",
        "deadline_exceeded",
        "aborted",
        "resource_exhausted",
    ] as const)("is not ended by reads that fail for a while with %s", async (code) => {
        runtime.client.fail("getWorkspace", ...Array.from({ length: 60 }, () => failure(code)));
        runtime.client.later(90_000, () => runtime.client.put(workspaceIn("w", "RUNNING")));
        expect((await drive("CREATING", START)).instance?.phase).toBe("RUNNING");
    });

    test("is ended by reads that go on failing", async () => {
        runtime.client.fail("getWorkspace", ...Array.from({ length: 500 }, () => failure("unavailable")));
        await expect(drive("CREATING", START)).rejects.toMatchObject({ code: "unavailable" });
        expect(runtime.clock.now()).toBeGreaterThan(120_000);
        expect(runtime.clock.now()).toBeLessThan(130_000);
    });

    test.each(["permission_denied", "unauthenticated", "not_found", "data_loss"] as const)(
        "is ended at once by %s",
        async (code) => {
            runtime.client.fail("getWorkspace", failure(code));
            await expect(drive("CREATING", START)).rejects.toMatchObject({ code });
            expect(runtime.client.calls).toHaveLength(1);
        },
    );

    test("ends where somebody else deletes the workspace", async () => {
        // A second waiter makes the observer ask by a list, which shows what is gone.
        runtime.client.put(workspaceIn("other", "CREATING"));
        const other = (async (): Promise<void> => {
            for (let tick = 0; tick < 6; tick++) {
                await runtime.observer.next("other", ORG);
            }
        })();
        runtime.client.later(3_000, () => runtime.client.deleted.add("w"));
        await expect(drive("CREATING", START)).rejects.toMatchObject({
            name: "Vanished",
            message: expect.stringMatching(/^workspace w was deleted by someone else/),
        });
        await runtime.clock.until(other);
    });
});

test("where nothing was seen before, the first thing is a look", async () => {
    runtime.client.put(workspaceIn("w", "RUNNING"));
    expect((await on(undefined, START, { kind: "started" })).instance?.phase).toBe("RUNNING");
    expect(runtime.lines).toEqual(["gitpod.Workspace review: new → RUNNING after 0 s"]);
});
