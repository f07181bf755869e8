import {
    type Action,
    type Attempt,
    type Desired,
    reconcile,
} from "../../../provider/src/plugin/workspace/reconcile";
import type { Phase } from "../../../provider/src/wire/domain";
import { instanceIn } from "../support/fake-client";

/** What an action is called in the table. */
const ACTIONS = {
    done: { kind: "done" },
    start: { kind: "start" },
    stop: { kind: "stop" },
    "→ running": { kind: "wait", until: "RUNNING" },
    "→ stopped": { kind: "wait", until: "STOPPED" },
    fail: { kind: "fail", reason: expect.any(String) },
} as const;
type Name = keyof typeof ACTIONS;

type Row = Record<Phase | "no instance", Name>;

/**
 * `running`, where nothing was started yet, or where the latest instance is still the one from before the start:
 * what is stopped must be started (again).
 */
const TO_RUNNING: Row = {
    "no instance": "start",
    UNSPECIFIED: "→ running",
    PREPARING: "→ running",
    IMAGEBUILD: "→ running",
    PENDING: "→ running",
    CREATING: "→ running",
    INITIALIZING: "→ running",
    RUNNING: "done",
    INTERRUPTED: "→ running",
    // A start would be swallowed here.
    STOPPING: "→ stopped",
    STOPPED: "start",
};

/** The same where the start has made a new instance: that one has failed if it stops. */
const RUNNING_ANEW: Row = { ...TO_RUNNING, STOPPED: "fail" };

const TO_STOPPED: Row = {
    "no instance": "done",
    UNSPECIFIED: "stop",
    PREPARING: "stop",
    IMAGEBUILD: "stop",
    PENDING: "stop",
    CREATING: "stop",
    INITIALIZING: "stop",
    RUNNING: "stop",
    INTERRUPTED: "stop",
    STOPPING: "→ stopped",
    STOPPED: "done",
};

const UNMANAGED: Row = {
    "no instance": "done",
    UNSPECIFIED: "done",
    PREPARING: "done",
    IMAGEBUILD: "done",
    PENDING: "done",
    CREATING: "done",
    INITIALIZING: "done",
    RUNNING: "done",
    INTERRUPTED: "done",
    STOPPING: "done",
    STOPPED: "done",
};

const NOTHING_DONE: Attempt = { kind: "none" };
/** The start has shown no effect yet: the latest instance, which is `run-1`, is that of before. */
const SAME_INSTANCE: Attempt = { kind: "started", previousInstanceId: "run-1" };
const NEW_INSTANCE: Attempt = { kind: "started", previousInstanceId: "run-0" };
const CREATED: Attempt = { kind: "started" };

const TABLE: [Desired, string, Attempt, Row][] = [
    ["running", "no attempt", NOTHING_DONE, TO_RUNNING],
    ["running", "started, same instance", SAME_INSTANCE, TO_RUNNING],
    ["running", "started, new instance", NEW_INSTANCE, RUNNING_ANEW],
    ["running", "created", CREATED, RUNNING_ANEW],
    ["stopped", "no attempt", NOTHING_DONE, TO_STOPPED],
    ["stopped", "started, same instance", SAME_INSTANCE, TO_STOPPED],
    ["stopped", "started, new instance", NEW_INSTANCE, TO_STOPPED],
    ["stopped", "created", CREATED, TO_STOPPED],
    ["unmanaged", "no attempt", NOTHING_DONE, UNMANAGED],
    ["unmanaged", "started, same instance", SAME_INSTANCE, UNMANAGED],
    ["unmanaged", "started, new instance", NEW_INSTANCE, UNMANAGED],
    ["unmanaged", "created", CREATED, UNMANAGED],
];

/** Whether an instance failed or timed out changes what is said of it, and never what is done. */
const ENDS: [string, { failed?: string; timeout?: string }][] = [
    ["plain", {}],
    ["failed", { failed: "no machine" }],
    ["timed out", { timeout: "too long" }],
];

describe.each(TABLE)("%s wanted, %s", (desired, _, attempt, row) => {
    const cases = Object.entries(row).flatMap(([phase, name]) =>
        (phase === "no instance" ? ENDS.slice(0, 1) : ENDS).map(
            ([end, conditions]) => [phase as keyof Row, end, name, conditions] as const,
        ),
    );
    test.each(cases)("%s (%s): %s", (phase, _end, name, conditions) => {
        const instance = phase === "no instance" ? undefined : instanceIn(phase, conditions);
        expect(reconcile(desired, instance, attempt)).toEqual(ACTIONS[name]);
    });
});

test.each<[string, { failed?: string; timeout?: string }, string]>([
    ["failed", { failed: "no machine" }, "could not start: no machine"],
    ["timed out", { timeout: "too long" }, "timed out before it was running: too long"],
    ["both", { failed: "no machine", timeout: "too long" }, "could not start: no machine"],
    ["neither", {}, "was stopped by someone else before it was running"],
])("a new instance that has stopped says why: %s", (_, conditions, reason) => {
    const failed: Action = { kind: "fail", reason };
    expect(reconcile("running", instanceIn("STOPPED", conditions), CREATED)).toEqual(failed);
});
