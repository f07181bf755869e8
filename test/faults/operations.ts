import type { Bag } from "./engine-model";

/** What an operation can name in its declarations. */
export interface Place {
    organizationId: string;
    /** A name that no other cell uses. */
    unique: string;
    /** Makes a workspace or a team behind the provider's back, and returns its id. */
    outside(kind: Resource, named: string): string;
}

export type Resource = "workspace" | "team";

/** An operation of the provider, as the engine makes it happen. */
export interface Operation {
    name: string;
    resource: Resource;
    /** What was declared, and brought up, before; nothing where it is absent. */
    before?(place: Place): Bag;
    /** What is declared when the fault strikes; nothing where it is absent. */
    declared?(place: Place): Bag;
    /** The command that the fault strikes: `up` unless it is this one. */
    command?: "refresh";
}

export const CONTEXT_URL = "https://github.com/acme/shop/pull/42";

const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gitpod:Workspace::review";

const workspace =
    (args: Bag = {}) =>
    (): Bag => ({ contextUrl: CONTEXT_URL, mark: URN, ...args });

const team =
    (prefix: string, args: Bag = {}) =>
    ({ unique }: Place): Bag => ({ name: `${prefix} ${unique}`, ...args });

const RUNNING = workspace({ running: true });
const STOPPED = workspace({ running: false });

/** All that the provider does to a workspace or a team. */
export const OPERATIONS: readonly Operation[] = [
    { name: "create, running", resource: "workspace", declared: RUNNING },
    { name: "create, stopped", resource: "workspace", declared: STOPPED },
    {
        name: "create, not managed, of a class",
        resource: "workspace",
        declared: workspace({ workspaceClass: "g1-standard" }),
    },
    {
        name: "create, not waited for",
        resource: "workspace",
        declared: workspace({ running: true, waitFor: "none" }),
    },
    {
        name: "create from a prebuild, which has no room for a mark",
        resource: "workspace",
        declared: workspace({ running: true, prebuildId: "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b" }),
    },
    {
        name: "adopt, running",
        resource: "workspace",
        declared: ({ outside }) => ({ ...RUNNING(), adopt: outside("workspace", CONTEXT_URL) }),
    },
    { name: "start", resource: "workspace", before: STOPPED, declared: RUNNING },
    { name: "stop", resource: "workspace", before: RUNNING, declared: STOPPED },
    { name: "read", resource: "workspace", before: RUNNING, declared: RUNNING, command: "refresh" },
    {
        name: "replace",
        resource: "workspace",
        before: RUNNING,
        declared: workspace({ running: true, region: "europe" }),
    },
    { name: "delete, running", resource: "workspace", before: RUNNING },
    { name: "delete, stopped", resource: "workspace", before: STOPPED },
    { name: "create", resource: "team", declared: team("Platform") },
    {
        name: "adopt and rename",
        resource: "team",
        declared: (place) => ({
            ...team("Platform")(place),
            adopt: place.outside("team", `Old ${place.unique}`),
        }),
    },
    { name: "rename", resource: "team", before: team("Platform"), declared: team("Better") },
    {
        name: "read",
        resource: "team",
        before: team("Platform"),
        declared: team("Platform"),
        command: "refresh",
    },
    { name: "delete", resource: "team", before: team("Platform") },
];
