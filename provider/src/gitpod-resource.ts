import * as pulumi from "@pulumi/pulumi";
import { delegateText } from "./delegate-text";
import { assertTokenIsSecret } from "./token-guard";

/** The type tokens, which are part of every URN and never change. */
export const TYPES = {
    Workspace: "pulumi-nodejs:dynamic/gitpod:Workspace",
    Team: "pulumi-nodejs:dynamic/gitpod:Team",
} as const;

/** What both resources share: they run in the dynamic host, and are deleted before they are replaced. */
export abstract class GitpodResource extends pulumi.CustomResource {
    protected constructor(
        kind: keyof typeof TYPES,
        name: string,
        props: pulumi.Inputs,
        options: pulumi.CustomResourceOptions,
        secrets: string[],
    ) {
        if (options.id === undefined) {
            assertTokenIsSecret();
        }
        if (options.deleteBeforeReplace === false) {
            throw new Error(
                `gitpod.${kind} "${name}": deleteBeforeReplace: false is not possible, since a replacement must not take its predecessor for its own`,
            );
        }
        const subpath = kind === "Workspace" ? "workspace" : "team";
        super(
            TYPES[kind],
            name,
            { ...props, __provider: delegateText(subpath) },
            pulumi.mergeOptions(options, {
                // A replacement by `--replace`, a taint or `replacementTrigger` does not ask the provider.
                deleteBeforeReplace: true,
                additionalSecretOutputs: secrets,
            }),
        );
    }
}
