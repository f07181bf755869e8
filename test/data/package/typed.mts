import type * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const args: gitpod.WorkspaceArgs = { contextUrl: "https://github.com/acme/shop", timeouts: { start: "1h" } };
export const phase: pulumi.Output<gitpod.Phase | undefined> = new gitpod.Workspace("review", args).phase;
export const teams: Promise<gitpod.ListTeamsResult> = gitpod.listTeams();
// @ts-expect-error: a context URL is a text
export const wrong: gitpod.WorkspaceArgs = { contextUrl: 1 };
