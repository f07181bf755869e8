import type { Phase, Sighting, WorkspaceInstance } from "../../wire/domain";
import { type ErrorCode, GitpodError } from "../../wire/error";
import type { Runtime } from "../runtime";
import { type Attempt, type Desired, reconcile } from "./reconcile";

/** A workspace as the operation that works on it knows it. */
export interface Target {
    id: string;
    organizationId: string;
    /** The name of the resource, for people. */
    name: string;
}

/** What an operation wants of a workspace. */
export interface Goal {
    desired: Desired;
    /** Whether to wait until it runs; a stop is always waited for. */
    waitForRunning: boolean;
    /** In milliseconds. */
    timeoutMs: number;
    /** Where a user sets it. */
    timeoutKey: "start" | "stop" | "delete";
}

/** A wait that took longer than it may. */
export class WaitTimeout extends Error {
    override readonly name = "WaitTimeout";
}

/** A workspace that somebody else deleted while it was waited for. */
export class Vanished extends Error {
    override readonly name = "Vanished";
}

/** A start or stop that shows no effect is sent again after this long, in milliseconds: the server can lose one. */
const AGAIN_MS = 10_000;
/** Reads may fail for this long, in milliseconds, before a wait gives up. */
const UNREADABLE_MS = 120_000;

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    "unavailable",
    "internal",
    "unknown",
    "deadline_exceeded",
    "aborted",
    "resource_exhausted",
]);

function shown(phase: Phase | undefined): string {
    return phase ?? "no instance";
}

function seconds(ms: number): string {
    return `${Math.round(ms / 1000)} s`;
}

/** Brings one workspace where a goal wants it. */
export class Drive {
    readonly #runtime: Runtime;
    readonly #target: Target;
    readonly #goal: Goal;
    readonly #startedAt: number;
    #deadline: number;
    #workspace: Sighting | undefined;
    #attempt: Attempt;
    /** The start or stop that was sent last: when it was done, and in which phase it was sent. */
    #sent: { kind: "start" | "stop"; at: number; phase: Phase | undefined } | undefined;

    constructor(
        runtime: Runtime,
        target: Target,
        goal: Goal,
        workspace: Sighting | undefined,
        attempt: Attempt,
    ) {
        this.#runtime = runtime;
        this.#target = target;
        this.#goal = goal;
        this.#workspace = workspace;
        this.#attempt = attempt;
        this.#startedAt = runtime.clock.now();
        this.#deadline = this.#startedAt + goal.timeoutMs;
    }

    /**
     * Acts and waits until the workspace is where it is wanted, and returns it as it was seen last.
     *
     * @throws {WaitTimeout} when that takes too long
     */
    async run(): Promise<Sighting> {
        let workspace = this.#workspace ?? (await this.#next());
        for (;;) {
            const action = reconcile(this.#goal.desired, workspace.instance, this.#attempt);
            if (action.kind === "done") {
                return workspace;
            }
            if (action.kind === "fail") {
                throw new Error(
                    `workspace ${this.#target.id} ${action.reason}. Mend the cause and run \`pulumi up\` again, which starts it again`,
                );
            }
            if (action.kind === "wait" && action.until === "RUNNING" && !this.#goal.waitForRunning) {
                return workspace;
            }
            if (action.kind === "stop" && this.#isDue("stop", workspace.instance)) {
                const { client } = this.#runtime;
                await this.#send("stop", workspace.instance, () => client.stopWorkspace(this.#target.id));
            }
            if (action.kind === "start" && this.#isDue("start", workspace.instance)) {
                const before = workspace.instance?.id;
                workspace = await this.#start(workspace.instance);
                if (workspace.instance?.id !== before) {
                    // The answer shows the new instance already.
                    continue;
                }
            }
            workspace = await this.#next();
        }
    }

    async #start(instance: WorkspaceInstance | undefined): Promise<Sighting> {
        this.#attempt = {
            kind: "started",
            ...(instance === undefined ? {} : { previousInstanceId: instance.id }),
        };
        const { client } = this.#runtime;
        return this.#saw(await this.#send("start", instance, () => client.startWorkspace(this.#target.id)));
    }

    /** Sends a start or stop. While it waits for its turn under the server's limits the deadline waits, too. */
    async #send<T>(
        kind: "start" | "stop",
        instance: WorkspaceInstance | undefined,
        call: () => Promise<T>,
    ): Promise<T> {
        const { clock, observer } = this.#runtime;
        const from = clock.now();
        observer.wrote();
        try {
            return await call();
        } finally {
            observer.wrote();
            const at = clock.now();
            this.#deadline += at - from;
            this.#sent = { kind, at, phase: instance?.phase };
        }
    }

    /** Whether to send it now: what had no effect on the phase is not sent again at each tick. */
    #isDue(kind: "start" | "stop", instance: WorkspaceInstance | undefined): boolean {
        const last = this.#sent;
        return (
            last?.kind !== kind ||
            last.phase !== instance?.phase ||
            this.#runtime.clock.now() - last.at >= AGAIN_MS
        );
    }

    /** The workspace as it was seen last, if it was. */
    get workspace(): Sighting | undefined {
        return this.#workspace;
    }

    /** The workspace at the next tick that can be read, within the deadline. */
    async #next(): Promise<Sighting> {
        const { clock, observer } = this.#runtime;
        const { id, organizationId } = this.#target;
        const failingSince = clock.now();
        for (;;) {
            this.#assertInTime();
            try {
                const seen = await this.#beforeDeadline(observer.next(id, organizationId, this.#workspace));
                if (seen === undefined) {
                    throw new Vanished(
                        `workspace ${id} was deleted by someone else during the wait; run \`pulumi up --refresh\` to make it again`,
                    );
                }
                return this.#saw(seen);
            } catch (error) {
                const passing = error instanceof GitpodError && PASSING.has(error.code);
                if (!passing || clock.now() - failingSince > UNREADABLE_MS) {
                    throw error;
                }
            }
        }
    }

    async #beforeDeadline<T>(answer: Promise<T>): Promise<T> {
        const { clock } = this.#runtime;
        const left = this.#deadline - clock.now();
        const over = new AbortController();
        const deadline = clock.sleep(left, over.signal).then(() => {
            throw this.#timeout();
        });
        try {
            return await Promise.race([answer, deadline]);
        } finally {
            deadline.catch(() => {
                // The race is decided; nobody waits for the loser.
            });
            over.abort();
        }
    }

    #assertInTime(): void {
        if (this.#runtime.clock.now() >= this.#deadline) {
            throw this.#timeout();
        }
    }

    #timeout(): WaitTimeout {
        const instance = this.#workspace?.instance;
        const wanted = this.#goal.desired === "stopped" ? "stopped" : "running";
        const said = instance?.message ?? instance?.failed ?? instance?.timeout;
        const report = said === undefined ? "the server gave no reason" : `the server says: ${said}`;
        return new WaitTimeout(
            `workspace ${this.#target.id} is not ${wanted} after ${seconds(this.#goal.timeoutMs)}: its phase is ${shown(instance?.phase)}, ${report}. It is kept; run \`pulumi up\` again to go on waiting, or give it longer in timeouts.${this.#goal.timeoutKey}`,
        );
    }

    /** Remembers what was seen, with one line when the phase has changed. */
    #saw(workspace: Sighting): Sighting {
        const { clock, log } = this.#runtime;
        const phase = workspace.instance?.phase;
        const before = this.#workspace === undefined ? "new" : shown(this.#workspace.instance?.phase);
        this.#workspace = workspace;
        if (shown(phase) !== before) {
            const since = seconds(clock.now() - this.#startedAt);
            log(`gitpod.Workspace ${this.#target.name}: ${before} → ${shown(phase)} after ${since}`);
        }
        return workspace;
    }
}
