import type { WorkspaceInputs } from "./inputs";

// Apart from the schema, which a read and a deletion do without.

/** The inputs whose change means another workspace, `organizationId` aside, which may be left out. */
export const REPLACING = [
    "contextUrl",
    "prebuildId",
    "workspaceClass",
    "editor",
    "region",
    "forceDefaultConfig",
] as const satisfies readonly (keyof WorkspaceInputs)[];

/** The inputs whose change is saved, and no more. */
export const SAVED = [
    "forceDestroy",
    "waitFor",
    "timeouts",
    "secretContext",
] as const satisfies readonly (keyof WorkspaceInputs)[];

/** The inputs that a state holds only as they were declared; `running` and `organizationId` are observed, too. */
export const DECLARED = [
    ...REPLACING,
    ...SAVED,
    "adopt",
    "mark",
] as const satisfies readonly (keyof WorkspaceInputs)[];
