import { z } from "zod";
import type { Bag } from "../bag";
import { type CheckFailure, checkInputs } from "../check";
import { isUuid } from "../config";
import { parseDuration } from "../duration";
import { hasUnknown } from "../unknown";
import { parseContextUrl } from "./context-url";

/** The inputs of a workspace as they reach the plugin: resolved, or unknown in a preview. */
export interface WorkspaceInputs {
    contextUrl: string;
    prebuildId?: string;
    organizationId?: string;
    running?: boolean;
    workspaceClass?: string;
    editor?: { name: string; version?: "stable" | "latest" };
    region?: string;
    forceDefaultConfig?: boolean;
    forceDestroy?: boolean;
    waitFor?: "ready" | "none";
    timeouts?: { start?: string; stop?: string; delete?: string };
    adopt?: string;
    /** The URN, from which the mark is made; set by the resource class. */
    mark?: string;
    /** Whether the context URL is a secret, so that what the server says of it is one too; set by the resource class. */
    secretContext?: true;
}

export const WORKSPACE_ID =
    /^([0-9a-z]{2,16}-[0-9a-z]{2,16}-[0-9a-z]{8,11}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** A string of a shape, with one message whatever is wrong. */
function shaped(pattern: RegExp, message: string): z.ZodType<string> {
    return z.string({ error: message }).regex(pattern, { error: message });
}

const flag = z.boolean({ error: "must be true or false" }).optional();

const duration = z
    .string({ error: 'must be a duration such as "20m"' })
    .refine((text) => (parseDuration(text) ?? 0) > 0, {
        error: 'must be a duration over zero such as "90s", "20m" or "1h30m"',
    })
    .optional();

function strict<S extends z.core.$ZodLooseShape>(shape: S, message: string): z.ZodObject<S, z.core.$strict> {
    return z.strictObject(shape, {
        error: (issue) =>
            issue.code === "unrecognized_keys" ? `has "${issue.keys.join('", "')}", but ${message}` : message,
    });
}

const schema = z.object({
    contextUrl: z.unknown().superRefine((value, context) => {
        if (typeof value !== "string") {
            context.addIssue({
                code: "custom",
                message: 'is required: the URL to open, such as "https://github.com/acme/shop"',
            });
            return;
        }
        const parsed = parseContextUrl(value);
        if (parsed.kind === "invalid") {
            context.addIssue({ code: "custom", message: parsed.reason });
        }
    }),
    prebuildId: shaped(
        /^[0-9A-Za-z-]+$/,
        "must be the id of a prebuild, of letters, digits and dashes",
    ).optional(),
    organizationId: z
        .string({ error: "must be the UUID of an organization, such as the id of a gitpod.Team" })
        .refine(isUuid, { error: "must be the UUID of an organization, such as the id of a gitpod.Team" })
        .optional(),
    running: flag,
    workspaceClass: shaped(
        /^[A-Za-z0-9][\w.-]*$/,
        'must be the id of a workspace class, such as "g1-standard"; listWorkspaceClasses shows them',
    ).optional(),
    editor: strict(
        {
            name: shaped(/^[a-z0-9][a-z0-9-]*$/, 'must be the id of an editor, such as "code" or "goland"'),
            version: z.enum(["stable", "latest"], { error: 'must be "stable" or "latest"' }).optional(),
        },
        'must be { name, version }, such as { name: "code", version: "stable" }',
    ).optional(),
    region: shaped(/^[\w-]+$/, 'must be the name of a region, such as "europe"').optional(),
    forceDefaultConfig: flag,
    forceDestroy: flag,
    waitFor: z.enum(["ready", "none"], { error: 'must be "ready" or "none"' }).optional(),
    timeouts: strict(
        { start: duration, stop: duration, delete: duration },
        'must be { start, stop, delete }, each a duration such as "20m" or left out',
    ).optional(),
    adopt: shaped(WORKSPACE_ID, 'must be the id of a workspace, such as "acme-shop-k3j9x0q2ab1"').optional(),
});

/** What is wrong with a declaration, and the inputs in the form in which they are compared and saved. */
export function checkWorkspace(news: Bag): { inputs: Bag; failures: CheckFailure[] } {
    const failures = checkInputs(schema, news);
    const { contextUrl, prebuildId, organizationId } = news;
    if (
        typeof prebuildId === "string" &&
        !hasUnknown([prebuildId, contextUrl]) &&
        typeof contextUrl === "string"
    ) {
        const { kind } = parseContextUrl(contextUrl);
        if (kind !== "plain" && kind !== "invalid") {
            failures.push({
                property: "prebuildId",
                reason: "can't be combined with a prefix in contextUrl: Gitpod reads one prefix only; give the plain URL",
            });
        }
    }
    const inputs = { ...news };
    if (typeof organizationId === "string" && isUuid(organizationId)) {
        // The server takes either case and answers in lower case.
        inputs["organizationId"] = organizationId.toLowerCase();
    }
    return { inputs, failures };
}
