/**
 * What the rest of the provider knows of Gitpod: small types of our own, not generated messages. An absent
 * value is left out, never `undefined`.
 */

/** The phases an instance goes through, without the `PHASE_` of the wire. */
export const PHASES = [
    "UNSPECIFIED",
    "PREPARING",
    "IMAGEBUILD",
    "PENDING",
    "CREATING",
    "INITIALIZING",
    "RUNNING",
    "INTERRUPTED",
    "STOPPING",
    "STOPPED",
] as const;

/** The phase of a workspace's latest instance. `UNSPECIFIED` also stands for a phase this version does not know. */
export type Phase = (typeof PHASES)[number];

/** A port that the workspace exposes. */
export interface WorkspacePort {
    port: number;
    policy: "private" | "public";
    protocol: "http" | "https";
    url?: string;
}

/** Where a workspace came from. */
export interface WorkspaceContext {
    /** As stored by the server, prefixes included. */
    contextUrl: string;
    git?: { normalizedContextUrl: string; repository?: { owner: string; name: string } };
    prebuild?: { prebuildId: string };
    snapshot?: { snapshotId: string };
}

/** The working copy, as the workspace last reported it. The lists may be cut; the totals are not. */
export interface GitStatus {
    branch: string;
    uncommittedFiles: string[];
    totalUncommittedFiles: number;
    untrackedFiles: string[];
    totalUntrackedFiles: number;
    unpushedCommits: string[];
    totalUnpushedCommits: number;
}

/** One run of a workspace. */
export interface WorkspaceInstance {
    id: string;
    phase: Phase;
    /** RFC 3339. */
    createdAt?: string;
    /** Why the start or the run failed. */
    failed?: string;
    /** Why it timed out. */
    timeout?: string;
    /** Text for people. */
    message?: string;
    url?: string;
    ports: WorkspacePort[];
    gitStatus?: GitStatus;
    /** Whether a person used this instance; absent where that is not told. */
    touched?: boolean;
}

/** A workspace: the durable record, and its latest run if it ever had one. */
export interface Workspace {
    id: string;
    ownerId: string;
    projectId?: string;
    description?: string;
    context: WorkspaceContext;
    instance?: WorkspaceInstance;
}

/** A workspace as far as waits and deletions have to know it: all of it, or what a {@link Glimpse} shows. */
export type Sighting = Omit<Workspace, "context"> & Partial<Pick<Workspace, "context">>;

export function isWhole(sighting: Sighting): sighting is Workspace {
    return sighting.context !== undefined;
}

/**
 * What the longer list of `gitpod.v1` shows of a workspace: enough to see whether it has changed, and less than all that
 * it is.
 */
export interface Glimpse {
    id: string;
    ownerId: string;
    description?: string;
    /** The variables that its context URL brought, as the server read them. */
    variables: { name: string; value: string }[];
    instance?: Omit<WorkspaceInstance, "createdAt" | "message" | "touched">;
}

/** What a glimpse shows, where it shows the running state: that of no instance looks like one that is not told. */
export function sightingIn({ variables, ...sighting }: Glimpse): Sighting | undefined {
    const phase = sighting.instance?.phase;
    return phase === undefined || phase === "UNSPECIFIED" ? undefined : sighting;
}

/** A class of machines that a workspace can run on. */
export interface WorkspaceClass {
    id: string;
    displayName: string;
    description: string;
    isDefault: boolean;
}

/** What a create sends. */
export interface WorkspaceRequest {
    contextUrl: string;
    organizationId: string;
    workspaceClass?: string;
    editor?: { name: string; latest: boolean };
    region?: string;
    forceDefaultConfig?: boolean;
}

/** Who the token belongs to. */
export interface User {
    id: string;
    name: string;
}

/** A member of a team. `collaborator` and roles that this version does not know are `unspecified`. */
export interface TeamMember {
    userId: string;
    role: "owner" | "member" | "unspecified";
    fullName?: string;
    email?: string;
    avatarUrl?: string;
    /** RFC 3339. */
    memberSince?: string;
}

/** A team, which Gitpod also calls an organization. */
export interface Team {
    id: string;
    name: string;
    members: TeamMember[];
    /** Absent for callers who are not owners. */
    invitationId?: string;
}

/** What `gitpod.v1` knows of a team. */
export interface Organization {
    id: string;
    name: string;
    slug?: string;
}
