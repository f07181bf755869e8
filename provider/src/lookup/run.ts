import * as pulumi from "@pulumi/pulumi";
import type { Runtime } from "../plugin/runtime";
import { assertTokenIsSecret } from "../token-guard";

type Side = typeof import("../plugin/lookup");

/** One for each configuration: a process can run several programs, through the Automation API. */
const runtimes = new Map<string, Runtime>();

/** Loaded at the first look-up, so that a program that makes none does not pay for it. */
function load(): { side: Side; runtime: Runtime } {
    assertTokenIsSecret();
    const settings = new pulumi.Config("gitpod");
    const side = require("../plugin/lookup") as Side;
    const config = side.resolveConfig({ stack: (key) => settings.get(key), env: process.env });
    const key = JSON.stringify([config.apiUrl, config.token, config.organizationId, config.timeScale]);
    let runtime = runtimes.get(key);
    if (runtime === undefined) {
        runtime = side.createRuntime(
            config,
            () => undefined,
            (line) => void pulumi.log.info(line),
            // Soon, so that the program can end.
            1_000,
        );
        runtimes.set(key, runtime);
    }
    return { side, runtime };
}

/** Runs a look-up with the configuration of the program. */
export async function run<T>(lookup: (lookups: Side["lookups"], runtime: Runtime) => Promise<T>): Promise<T> {
    const { side, runtime } = load();
    return lookup(side.lookups, runtime);
}

/** Known when a resource is there: in a preview, when it was there before. */
function presenceOf(resource: unknown): pulumi.Output<string> | undefined {
    if (pulumi.CustomResource.isInstance(resource)) {
        return resource.id;
    }
    return pulumi.Resource.isInstance(resource) ? resource.urn : undefined;
}

/** Runs a look-up as an output: not while an argument, or what it depends on, is unknown, as in a preview. */
export function runOutput<A extends object, R>(
    args: { [K in keyof A]: pulumi.Input<NonNullable<A[K]>> | A[K] },
    options: pulumi.InvokeOutputOptions | undefined,
    call: (args: A) => Promise<R>,
): pulumi.Output<R> {
    const resources: unknown = options?.dependsOn;
    const given: pulumi.Output<unknown> = pulumi.output(resources);
    const dependencies = given.apply((all) => pulumi.all([all].flat().map(presenceOf)));
    const known: pulumi.Output<unknown> = pulumi.output(args);
    return pulumi.all([known, dependencies]).apply(([all]) => call(all as A)) as pulumi.Output<R>;
}
