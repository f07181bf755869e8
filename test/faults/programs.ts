import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as gitpod from "pulumi-gitpod";

/** A program as data, so that a process of its own can be given it. */
export type Program =
    | { kind: "nothing" }
    | { kind: "workspace"; args: gitpod.WorkspaceArgs }
    | { kind: "fleet"; args: gitpod.WorkspaceArgs; count: number }
    | { kind: "team"; args: gitpod.TeamArgs };

export function programOf(program: Program): PulumiFn {
    return async () => {
        switch (program.kind) {
            case "nothing":
                return;
            case "workspace":
                new gitpod.Workspace("review", program.args);
                return;
            case "fleet":
                for (let index = 0; index < program.count; index++) {
                    new gitpod.Workspace(`workspace-${index}`, program.args);
                }
                return;
            case "team":
                new gitpod.Team("platform", program.args);
        }
    };
}
