import { newSecret, newUuid } from "./ids";
import type { Durations } from "./options";
import type { Timers } from "./timers";
import type { InstanceRecord, Phase, StartPlan } from "./workspace-records";

interface Step {
    phase: Phase;
    ms: number;
}

/** Takes instances through their phases. Every transition happens later, in order, never inside a call. */
export class PhaseEngine {
    private readonly cancels = new Map<string, () => void>();
    private readonly stopCancels = new Map<string, () => void>();

    constructor(
        private readonly durations: Durations,
        private readonly lostStops: boolean,
        private readonly timers: Timers,
        private readonly changed: (instance: InstanceRecord) => void,
    ) {}

    begin(workspaceId: string, plan: StartPlan): InstanceRecord {
        const instance = this.newInstance(workspaceId);
        this.walk(instance, this.course(plan), plan);
        return instance;
    }

    /** An instance that is already in a phase: a transient phase goes its ordinary way, the others stay. */
    beginAt(workspaceId: string, phase: Phase): InstanceRecord {
        const course = this.course(phase === "IMAGEBUILD" ? { imageBuildMs: this.durations.imageBuild } : {});
        const at = course.findIndex((step) => step.phase === phase);
        const instance = this.newInstance(workspaceId);
        for (const passed of course.slice(1, at === -1 ? undefined : at + 1)) {
            this.enter(instance, passed.phase);
        }
        if (at === -1) {
            this.enter(instance, phase);
        }
        if (phase === "STOPPING") {
            this.finishStopping(instance);
        } else if (at !== -1) {
            this.walk(instance, course.slice(at), {});
        }
        return instance;
    }

    /** The cluster does not know an instance in PREPARING or IMAGEBUILD: such a stop is lost, and nobody is told. */
    requestStop(instance: InstanceRecord): void {
        const unknownToCluster = instance.phase === "PREPARING" || instance.phase === "IMAGEBUILD";
        const done = instance.phase === "STOPPED" || instance.phase === "STOPPING" || instance.stopRequested;
        if (done || (unknownToCluster && this.lostStops)) {
            return;
        }
        instance.stopRequested = true;
        this.stopCancels.set(
            instance.id,
            this.timers.after(this.durations.stopLag, () => {
                this.halt(instance);
                this.enter(instance, "STOPPING");
                this.finishStopping(instance);
            }),
        );
    }

    /** Ends an instance at once. */
    end(instance: InstanceRecord, why: { failed?: string; timeout?: string } = {}): void {
        if (instance.phase === "STOPPED") {
            return;
        }
        this.halt(instance);
        instance.failed = why.failed ?? "";
        instance.timeout = why.timeout ?? "";
        instance.message = why.failed ?? why.timeout ?? "";
        this.enter(instance, "STOPPED");
    }

    /** Puts an instance into a phase in which it stays until something happens to it. */
    hold(instance: InstanceRecord, phase: "INTERRUPTED" | "UNSPECIFIED" | "RUNNING"): void {
        this.halt(instance);
        instance.stopRequested = false;
        this.enter(instance, phase);
    }

    /** Forgets what was to happen to an instance. */
    halt(instance: InstanceRecord): void {
        for (const cancels of [this.cancels, this.stopCancels]) {
            cancels.get(instance.id)?.();
            cancels.delete(instance.id);
        }
    }

    private newInstance(workspaceId: string): InstanceRecord {
        const now = new Date();
        return {
            id: newUuid(),
            workspaceId,
            createdAt: now,
            phase: "PREPARING",
            statusVersion: 0,
            changedAt: now,
            failed: "",
            timeout: "",
            message: "",
            stopRequested: false,
            reportsGit: false,
            ports: [],
        };
    }

    private course(plan: StartPlan): Step[] {
        const builds = plan.imageBuildMs !== undefined || plan.failAt === "IMAGEBUILD";
        const build: Step = { phase: "IMAGEBUILD", ms: plan.imageBuildMs ?? this.durations.imageBuild };
        return [
            { phase: "PREPARING", ms: this.durations.preparing },
            ...(builds ? [build] : []),
            { phase: "PENDING", ms: this.durations.pending },
            { phase: "CREATING", ms: this.durations.creating },
            { phase: "INITIALIZING", ms: this.durations.initializing },
            { phase: "RUNNING", ms: 0 },
        ];
    }

    private walk(instance: InstanceRecord, course: Step[], plan: StartPlan): void {
        const [here, next] = course;
        if (here === undefined) {
            return;
        }
        const failAt = plan.failAt ?? (plan.imageBuildMs === undefined ? "PREPARING" : "IMAGEBUILD");
        const fails = plan.fail !== undefined && failAt === here.phase;
        if (next === undefined && !fails) {
            return;
        }
        this.cancels.set(
            instance.id,
            this.timers.after(here.ms, () => {
                if (plan.fail !== undefined && fails) {
                    this.end(instance, { failed: plan.fail });
                } else if (next !== undefined) {
                    this.enter(instance, next.phase);
                    this.walk(instance, course.slice(1), plan);
                }
            }),
        );
    }

    private finishStopping(instance: InstanceRecord): void {
        this.cancels.set(
            instance.id,
            this.timers.after(this.durations.stopping, () => this.end(instance)),
        );
    }

    private enter(instance: InstanceRecord, phase: Phase): void {
        instance.phase = phase;
        instance.statusVersion += 1;
        instance.changedAt = new Date();
        if (phase === "PENDING") {
            instance.ownerToken = newSecret();
        }
        if (phase === "RUNNING") {
            instance.reportsGit = true;
        }
        if (phase === "STOPPED") {
            instance.ports = [];
        }
        this.changed(instance);
    }
}
