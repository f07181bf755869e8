/**
 * Workspaces that somebody made by hand are taken over: nothing is created, and nothing is started or stopped, since
 * `running` is left out. Once they are in the state, `adopt` may go.
 */
import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

/** The ids of the workspaces by the contexts they were made from: `{"https://github.com/acme/shop": "acme-shop-…"}`. */
const existing = new pulumi.Config().requireObject<Record<string, string>>("existing");

export const phases = Object.fromEntries(
    Object.entries(existing).map(([contextUrl, adopt], index) => {
        const { phase } = new gitpod.Workspace(`adopted-${index + 1}`, { contextUrl, adopt });
        return [adopt, phase];
    }),
);
