/** A team, and a workspace for each line of a YAML list, so that who adds one needs to know nothing of Pulumi. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as gitpod from "pulumi-gitpod";
import { parse } from "yaml";

interface List {
    team: string;
    workspaces: Record<string, string>;
}

const list = parse(readFileSync(join(__dirname, "workspaces.yaml"), "utf8")) as List;

const team = new gitpod.Team("team", { name: list.team });

/** By the names in the list. A name that goes is a workspace that goes; another order changes nothing. */
export const urls = Object.fromEntries(
    Object.entries(list.workspaces).map(([name, contextUrl]) => {
        const { url } = new gitpod.Workspace(name, { contextUrl, organizationId: team.id, running: false });
        return [name, url];
    }),
);
