import * as pulumi from "@pulumi/pulumi";

const KEY = "gitpod:token";

/** The part of the SDK's runtime that knows which configuration is secret: internal, so it may be missing. */
interface ConfigSecrets {
    isConfigSecret?: (key: string) => boolean;
}

let warned = false;

/** Under `setMocks` nothing is registered with an engine, and which keys are secret is not kept. */
function isMocked(): boolean {
    return pulumi.runtime.getMonitor()?.constructor.name === "MockMonitor";
}

/**
 * Refuses a token that was set without `--secret`: the engine would write it into the state in clear. To be called
 * before a resource is registered.
 *
 * @throws when the token is in the stack's configuration in clear
 */
export function assertTokenIsSecret(): void {
    if (new pulumi.Config("gitpod").get("token") === undefined || isMocked()) {
        return;
    }
    const internals: object = pulumi.runtime;
    const { isConfigSecret } = internals as ConfigSecrets;
    if (isConfigSecret?.(KEY) === false) {
        throw new Error(
            `${KEY} is in the stack's configuration in clear, and would get into its state. Revoke that token, make a new one, and run \`pulumi config set --secret ${KEY}\``,
        );
    }
    if (isConfigSecret === undefined && !warned) {
        warned = true;
        console.warn(`this version of @pulumi/pulumi can't tell whether ${KEY} is a secret; see that it is`);
    }
}
