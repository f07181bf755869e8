import { EventEmitter } from "node:events";
import { type ParsedContext, parseContextUrl } from "./context-url";
import { ServerFailure } from "./failures";
import { newWorkspaceId } from "./ids";
import { type Durations, durationsOf, type EmulatorOptions } from "./options";
import { PhaseEngine } from "./phases";
import type { Timers } from "./timers";
import {
    type InstanceRecord,
    latestInstance,
    type Phase,
    START_PHASES,
    type StartPlan,
    type WorkspaceRecord,
} from "./workspace-records";

export interface WorkspaceInit {
    ownerId: string;
    organizationId: string;
    contextUrl: string;
    workspaceClass?: string;
    editor?: { name: string; version: string };
}

const DEFAULT_PARALLEL_LIMIT = 16;
const HEAD_COMMIT = "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334";

export const WORKSPACE_CLASSES = [
    {
        id: "g1-standard",
        displayName: "Standard",
        description: "Up to 4 cores, 8GB RAM, 30GB storage",
        isDefault: true,
    },
    {
        id: "g1-large",
        displayName: "Large",
        description: "Up to 8 cores, 16GB RAM, 50GB storage",
        isDefault: false,
    },
];

const DEFAULT_CLASS = "g1-standard";

/** Every workspace of the server and the rules of their life. Who may do what is decided before. */
export class Workspaces {
    readonly phases: PhaseEngine;
    private readonly records = new Map<string, WorkspaceRecord>();
    private readonly events = new EventEmitter().setMaxListeners(0);
    private readonly plans: StartPlan[] = [];
    private readonly durations: Durations;
    private readonly parallelLimit: number;
    private activity = 0;

    constructor(options: EmulatorOptions, timers: Timers) {
        this.durations = durationsOf(options.durations);
        this.parallelLimit = options.parallelLimit ?? DEFAULT_PARALLEL_LIMIT;
        this.phases = new PhaseEngine(this.durations, options.lostStops ?? true, timers, (instance) =>
            this.instanceChanged(instance),
        );
    }

    find(id: string): WorkspaceRecord | undefined {
        return this.records.get(id);
    }

    all(): WorkspaceRecord[] {
        return [...this.records.values()];
    }

    /** What a user's list shows: running ones first, then the latest activity. */
    listOf(ownerId: string, organizationId?: string): WorkspaceRecord[] {
        const running = (workspace: WorkspaceRecord) => latestInstance(workspace)?.phase === "RUNNING";
        return this.all()
            .filter((workspace) => workspace.ownerId === ownerId && !workspace.softDeleted)
            .filter(
                (workspace) => organizationId === undefined || workspace.organizationId === organizationId,
            )
            .sort((a, b) => Number(running(b)) - Number(running(a)) || b.activity - a.activity);
    }

    /** Counts over all organizations; what is PREPARING does not count, so quick creates can pass the limit. */
    requireRoomToRun(ownerId: string): void {
        const idle: Phase[] = ["PREPARING", "STOPPING", "STOPPED"];
        const running = this.all().filter((workspace) => {
            const instance = latestInstance(workspace);
            return workspace.ownerId === ownerId && instance !== undefined && !idle.includes(instance.phase);
        });
        if (running.length >= this.parallelLimit) {
            throw new ServerFailure(
                "tooManyRunning",
                `You cannot run more than ${this.parallelLimit} workspaces at the same time`,
            );
        }
    }

    requireKnownClass(workspaceClass: string): void {
        if (workspaceClass !== "" && !WORKSPACE_CLASSES.some((known) => known.id === workspaceClass)) {
            throw new ServerFailure(
                "precondition",
                `the workspace class "${workspaceClass}" is not available`,
            );
        }
    }

    /** A workspace that has not been started yet. */
    add(init: WorkspaceInit, context: ParsedContext = parseContextUrl(init.contextUrl)): WorkspaceRecord {
        const { owner, name } = context.repository;
        const workspace: WorkspaceRecord = {
            id: newWorkspaceId(context.repository),
            ownerId: init.ownerId,
            organizationId: init.organizationId,
            contextUrl: init.contextUrl,
            context,
            description: `${owner}/${name} - ${context.branch}`,
            workspaceClass: init.workspaceClass || DEFAULT_CLASS,
            editor: init.editor ?? { name: "code", version: "stable" },
            git: {
                branch: context.branch,
                latestCommit: HEAD_COMMIT,
                uncommitted: [],
                untracked: [],
                unpushed: [],
            },
            softDeleted: false,
            activity: ++this.activity,
            instances: [],
        };
        this.records.set(workspace.id, workspace);
        return workspace;
    }

    /** Only a stopped workspace, or one without an instance, is started; others stay as they are. */
    start(workspace: WorkspaceRecord): void {
        const instance = latestInstance(workspace);
        if (instance !== undefined && instance.phase !== "STOPPED") {
            return;
        }
        if (workspace.softDeleted) {
            throw new ServerFailure("notFound", `Workspace ${workspace.id} not found.`);
        }
        this.requireRoomToRun(workspace.ownerId);
        this.launch(workspace);
    }

    /** A new instance, whatever the rules say. */
    launch(workspace: WorkspaceRecord): void {
        const plan = this.plans.shift() ?? {};
        this.addInstance(
            workspace,
            this.phases.begin(
                workspace.id,
                workspace.context.forcesImageBuild && plan.imageBuildMs === undefined
                    ? { ...plan, imageBuildMs: this.durations.imageBuild }
                    : plan,
            ),
        );
    }

    launchAt(workspace: WorkspaceRecord, phase: Phase): void {
        this.addInstance(workspace, this.phases.beginAt(workspace.id, phase));
    }

    requestStop(workspace: WorkspaceRecord): void {
        const instance = latestInstance(workspace);
        if (instance !== undefined) {
            this.phases.requestStop(instance);
        }
    }

    delete(workspace: WorkspaceRecord): void {
        this.requestStop(workspace);
        workspace.softDeleted = true;
    }

    purge(workspace: WorkspaceRecord): void {
        this.removeInstances(workspace);
        this.records.delete(workspace.id);
    }

    removeInstances(workspace: WorkspaceRecord): void {
        for (const instance of workspace.instances) {
            this.phases.halt(instance);
        }
        workspace.instances = [];
    }

    planNextStart(plan: StartPlan): void {
        if (plan.failAt !== undefined && !START_PHASES.includes(plan.failAt)) {
            throw new Error(`a start does not pass ${plan.failAt}: ${START_PHASES.join(", ")}`);
        }
        this.plans.push(plan);
    }

    /** Something other than the phase has changed; the status keeps its version. */
    reported(instance: InstanceRecord): void {
        this.events.emit(instance.workspaceId, instance);
    }

    /** Calls back at every change of a workspace's latest instance. Returns what ends it. */
    watch(workspaceId: string, listener: (instance: InstanceRecord) => void): () => void {
        this.events.on(workspaceId, listener);
        return () => this.events.off(workspaceId, listener);
    }

    private addInstance(workspace: WorkspaceRecord, instance: InstanceRecord): void {
        workspace.instances.push(instance);
        workspace.activity = ++this.activity;
        this.events.emit(workspace.id, instance);
    }

    private instanceChanged(instance: InstanceRecord): void {
        const workspace = this.records.get(instance.workspaceId);
        if (workspace !== undefined && (instance.phase === "STOPPED" || instance.phase === "RUNNING")) {
            workspace.activity = ++this.activity;
        }
        this.events.emit(instance.workspaceId, instance);
    }
}
