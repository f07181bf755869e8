import { z } from "zod";
import { LIST_LIMIT } from "../../wire/client";
import type { Bag } from "../bag";
import { checkInputs } from "../check";
import { isUuid } from "../config";
import { WORKSPACE_ID } from "../workspace/inputs";

const WORKSPACE = 'must be the id of a workspace, such as "acme-shop-k3j9x0q2ab1"';
const ORGANIZATION = "must be the UUID of an organization, such as the id of a gitpod.Team";
const TEAM = "must be the id of a team, a UUID";
const TEAM_NAME = "must be the exact name of a team";
const PAGE_SIZE = `must be a whole number from 1 to ${LIST_LIMIT}`;

const workspaceId = z.string({ error: WORKSPACE }).regex(WORKSPACE_ID, { error: WORKSPACE });

/** What each look-up takes. */
const SCHEMAS = {
    getWorkspace: z.object({ workspaceId }),
    getOwnerToken: z.object({ workspaceId }),
    listWorkspaces: z.object({
        organizationId: z.string({ error: ORGANIZATION }).refine(isUuid, { error: ORGANIZATION }).optional(),
        pageSize: z
            .int({ error: PAGE_SIZE })
            .min(1, { error: PAGE_SIZE })
            .max(LIST_LIMIT, { error: PAGE_SIZE })
            .optional(),
    }),
    getTeam: z.object({
        teamId: z.string({ error: TEAM }).refine(isUuid, { error: TEAM }).optional(),
        name: z.string({ error: TEAM_NAME }).min(1, { error: TEAM_NAME }).optional(),
    }),
} as const;

/**
 * Holds the arguments of a look-up against what it takes, before anything is called.
 *
 * @throws with each argument that is wrong, and what would be right
 */
export function assertArgs(lookup: keyof typeof SCHEMAS, args: object): void {
    const given: Bag = { ...args };
    const problems = checkInputs(SCHEMAS[lookup], given).map(
        ({ property, reason }) => `${property} ${reason}`,
    );
    if (lookup === "getTeam" && (given["teamId"] === undefined) === (given["name"] === undefined)) {
        problems.push("give teamId or name, and not both");
    }
    if (problems.length > 0) {
        throw new Error(`gitpod.${lookup}: ${problems.join("; ")}`);
    }
}
