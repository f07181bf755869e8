import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import type * as pulumi from "@pulumi/pulumi";
import type * as gitpod from "pulumi-gitpod";

/** What a program declared, without what it left out. */
type Declared = pulumi.Unwrap<gitpod.WorkspaceArgs>;

/** The classes that are allowed, and so none that an installation gets later. Without one it is the installation's own. */
const SMALL = ["g1-small", "g1-standard"];

export const smallClass: ResourceValidationPolicy = {
    name: "small-class",
    description: `A workspace runs on one of ${SMALL.join(", ")}.`,
    validateResource: ofWorkspace(({ workspaceClass }, violated) => {
        if (workspaceClass !== undefined && !SMALL.includes(workspaceClass)) {
            violated(`${workspaceClass} is not one of ${SMALL.join(", ")}`);
        }
    }),
};

export const declaredRunning: ResourceValidationPolicy = {
    name: "declared-running",
    description: "A workspace says whether it is to run. Left out, no `up` stops it or starts it again.",
    validateResource: ofWorkspace(({ running }, violated) => {
        if (running === undefined) {
            violated("declare running: true or running: false");
        }
    }),
};

function ofWorkspace(validate: (declared: Declared, violated: (message: string) => void) => void) {
    return ({ type, props }: ResourceValidationArgs, violated: (message: string) => void): void => {
        if (type === "pulumi-nodejs:dynamic/gitpod:Workspace") {
            validate(props as Declared, violated);
        }
    };
}
