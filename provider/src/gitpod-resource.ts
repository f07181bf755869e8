import * as pulumi from "@pulumi/pulumi";
import { delegateText } from "./delegate-text";
import { assertTokenIsSecret } from "./token-guard";

/** What both resources share: they run in the dynamic host, and are deleted before they are replaced. */
export abstract class GitpodResource extends pulumi.CustomResource {
    protected constructor(
        kind: "Workspace" | "Team",
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
            `pulumi-nodejs:dynamic/gitpod:${kind}`,
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
