/**
 * What the state holds of this package: a text that the dynamic host runs to get at the plugin side.
 *
 * `pulumi.dynamic.Resource` would serialize a provider object instead: two kilobytes a copy, two copies a resource,
 * in a text that differs with the transpiler and the SDK, and that a resource goes on using until its next update.
 * This one never changes, so whatever version is installed where the program lives is the one that runs.
 */
export function delegateText(subpath: "workspace" | "team"): string {
    return `exports.handler=()=>require("pulumi-gitpod/${subpath}")`;
}
