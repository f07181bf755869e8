/** How long each part of a workspace's life takes, in milliseconds. */
export interface Durations {
    preparing: number;
    imageBuild: number;
    pending: number;
    creating: number;
    initializing: number;
    /** From the stop request to STOPPING: the phase stays as it was for that long. */
    stopLag: number;
    stopping: number;
}

export interface EmulatorOptions {
    /** 0, the default, takes a free port. */
    port?: number;
    /** Token of the first user; a generated one by default. */
    token?: string;
    /** PEM texts. With them the emulator speaks TLS, HTTP/2 and HTTP/1.1 by ALPN. */
    tls?: { key: string; cert: string };
    /** 100 ms each by default. */
    durations?: Partial<Durations>;
    /** The rate limiters: `false` turns them off, `timeScale` multiplies their windows. */
    limits?: false | { timeScale?: number };
    /** How many workspaces a user may have running at once, over all organizations. Default 16. */
    parallelLimit?: number;
    /** Whether a stop in PREPARING or IMAGEBUILD is lost, as it is on the real server. Default true. */
    lostStops?: boolean;
    /** Whether the `gitpod.v1` services are served. Default true. */
    v1?: boolean;
}

/** What a start takes in all, without an image build. */
export const START_PARTS = ["preparing", "pending", "creating", "initializing"] as const;
/** What a stop takes in all. */
export const STOP_PARTS = ["stopLag", "stopping"] as const;

const DEFAULT_DURATION_MS = 100;

export function durationsOf(given: Partial<Durations> = {}): Durations {
    return {
        preparing: given.preparing ?? DEFAULT_DURATION_MS,
        imageBuild: given.imageBuild ?? DEFAULT_DURATION_MS,
        pending: given.pending ?? DEFAULT_DURATION_MS,
        creating: given.creating ?? DEFAULT_DURATION_MS,
        initializing: given.initializing ?? DEFAULT_DURATION_MS,
        stopLag: given.stopLag ?? DEFAULT_DURATION_MS,
        stopping: given.stopping ?? DEFAULT_DURATION_MS,
    };
}
