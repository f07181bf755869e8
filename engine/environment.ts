import { delimiter, dirname, join } from "node:path";

const sdk = dirname(require.resolve("@pulumi/pulumi/package.json"));

/** The host of dynamic resources. The SDK brings it; it runs the SDK that resolves from the program's folder. */
export const dynamicHost = join(sdk, "pulumi-resource-pulumi-nodejs");

/**
 * What the CLI needs in its environment to run our programs, with nothing of the user's own Pulumi set-up.
 * `home` takes the place of `~/.pulumi`.
 */
export function pulumiEnvironment(home: string): Record<string, string> {
    return {
        // Last, for an engine that has no dynamic host beside it: where there are two, the CLI warns.
        PATH: [process.env["PATH"], sdk].filter(Boolean).join(delimiter),
        PULUMI_HOME: home,
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
}
