import type { ParsedContext } from "./context-url";

export type Phase =
    | "PREPARING"
    | "IMAGEBUILD"
    | "PENDING"
    | "CREATING"
    | "INITIALIZING"
    | "RUNNING"
    | "INTERRUPTED"
    | "STOPPING"
    | "STOPPED"
    | "UNSPECIFIED";

/** The phases of a start, in their order. */
export const START_PHASES: readonly Phase[] = [
    "PREPARING",
    "IMAGEBUILD",
    "PENDING",
    "CREATING",
    "INITIALIZING",
    "RUNNING",
];

export const PHASES: readonly Phase[] = [
    ...START_PHASES,
    "INTERRUPTED",
    "STOPPING",
    "STOPPED",
    "UNSPECIFIED",
];

/** What the next start does beside the ordinary. */
export interface StartPlan {
    /** Builds an image first, for that long. */
    imageBuildMs?: number;
    /** The reason with which the start fails. */
    fail?: string;
    /** At the end of which phase it fails: the image build if there is one, else PREPARING. */
    failAt?: Phase;
}

export interface GitState {
    branch: string;
    latestCommit: string;
    uncommitted: string[];
    untracked: string[];
    unpushed: string[];
}

export interface PortRecord {
    port: bigint;
    isPublic: boolean;
    isHttps: boolean;
}

export interface InstanceRecord {
    readonly id: string;
    readonly workspaceId: string;
    readonly createdAt: Date;
    phase: Phase;
    statusVersion: number;
    changedAt: Date;
    failed: string;
    timeout: string;
    message: string;
    stopRequested: boolean;
    ownerToken?: string;
    firstUserActivity?: Date;
    /** Whether the workspace has ever reported its working copy: only then the status shows it. */
    reportsGit: boolean;
    ports: PortRecord[];
}

export interface WorkspaceRecord {
    readonly id: string;
    readonly ownerId: string;
    readonly organizationId: string;
    readonly contextUrl: string;
    readonly context: ParsedContext;
    readonly description: string;
    readonly workspaceClass: string;
    readonly editor: { name: string; version: string };
    /** Survives a stop: the next instance gets it from the backup. */
    git: GitState;
    softDeleted: boolean;
    /** Grows with each activity; lists are sorted by it. */
    activity: number;
    instances: InstanceRecord[];
}

export interface WorkspaceView {
    id: string;
    contextUrl: string;
    organizationId: string;
    ownerId: string;
    phase?: Phase;
    instanceId?: string;
    deleted: boolean;
    failed?: string;
    timeout?: string;
    /** How many instances it has had. */
    instances: number;
}

export function latestInstance(workspace: WorkspaceRecord): InstanceRecord | undefined {
    return workspace.instances.at(-1);
}

export function workspaceUrl(workspaceId: string): string {
    return `https://${workspaceId}.ws.gitpod.test`;
}

export function portUrl(workspaceId: string, port: bigint): string {
    return `https://${port}-${workspaceId}.ws.gitpod.test`;
}

export function viewOf(workspace: WorkspaceRecord): WorkspaceView {
    const instance = latestInstance(workspace);
    return {
        id: workspace.id,
        contextUrl: workspace.contextUrl,
        organizationId: workspace.organizationId,
        ownerId: workspace.ownerId,
        ...(instance === undefined ? {} : { phase: instance.phase, instanceId: instance.id }),
        deleted: workspace.softDeleted,
        ...(instance?.failed ? { failed: instance.failed } : {}),
        ...(instance?.timeout ? { timeout: instance.timeout } : {}),
        instances: workspace.instances.length,
    };
}
