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

/**
 * How far the latest run of a workspace is: on its way up through `PREPARING`, `IMAGEBUILD` (where its image has to be
 * built), `PENDING` (it waits for a machine), `CREATING` and `INITIALIZING` (it gets its files) to `RUNNING`; on its way
 * down through `STOPPING` (its files are saved) to `STOPPED`. `INTERRUPTED` is one that runs and can't be reached just
 * now. `UNSPECIFIED` also stands for a phase that this version does not know.
 */
export type Phase = (typeof PHASES)[number];

/** A port that the workspace exposes. */
export interface WorkspacePort {
    /** Its number. */
    port: number;
    /** Who may open it: those who may use the workspace, or anybody. */
    policy: "private" | "public";
    /** What it speaks. */
    protocol: "http" | "https";
    /** Where it is to be opened. */
    url?: string;
}

/** Where a workspace came from, as the server sees it. */
export interface WorkspaceContext {
    /** As stored by the server, prefixes and mark included. */
    contextUrl: string;
    /** Its repository, and the URL in Gitpod's own form. */
    git?: {
        /** The URL without prefixes, short forms expanded. */
        normalizedContextUrl: string;
        /** The repository at its host. */
        repository?: {
            /** Whose it is. */
            owner: string;
            /** Its name there. */
            name: string;
        };
    };
    /** The prebuild it was started from. */
    prebuild?: {
        /** The prebuild's id. */
        prebuildId: string;
    };
    /** The snapshot it was started from. */
    snapshot?: {
        /** The snapshot's id. */
        snapshotId: string;
    };
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
    /** What to give as `workspaceClass`, such as `g1-standard`. */
    id: string;
    /** Its name, for people. */
    displayName: string;
    /** What the machines have. */
    description: string;
    /** Whether workspaces that name no class run on it. */
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

/** A member of a team. */
export interface TeamMember {
    /** The user's id. */
    userId: string;
    /** What the user is in the team. A collaborator, and roles that this version does not know, are `unspecified`. */
    role: "owner" | "member" | "unspecified";
    /** The user's name. */
    fullName?: string;
    /** The user's address. */
    email?: string;
    /** The URL of the user's picture. */
    avatarUrl?: string;
    /** Since when, RFC 3339. */
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
