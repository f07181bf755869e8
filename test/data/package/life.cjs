// The life of a stack in a folder where the package is installed as a user does it: see package.test.ts.
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");
const { version } = require("@pulumi/pulumi/package.json");

/** A resource that only tells which Node.js the dynamic host runs on. */
const HOST =
    'exports.handler = () => ({ create: async () => ({ id: "host", outs: { node: process.version } }) })';

module.exports = async (gitpod) => {
    const { root, host, contextUrl, ...workspace } = JSON.parse(process.env.OPTIONS);
    const stack = await LocalWorkspace.createStack(
        {
            projectName: "test",
            stackName: "dev",
            program: async () => {
                const { id, phase } = new gitpod.Workspace("review", { contextUrl, running: true });
                const { workspaces } = await gitpod.listWorkspaces({});
                const host = { __provider: HOST, node: undefined };
                const { node } = new pulumi.CustomResource("pulumi-nodejs:dynamic:Resource", "host", host);
                return { id, phase, before: workspaces.length, node: pulumi.all([process.version, node]) };
            },
        },
        { ...workspace, pulumiCommand: await PulumiCommand.get(root === undefined ? {} : { root }) },
    );
    await stack.setConfig("gitpod:host", { value: host });
    const { outputs } = await stack.up();
    await stack.refresh({ expectNoChanges: true });
    await stack.destroy();
    const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
    console.log(JSON.stringify({ version, ...Object.fromEntries(values) }));
};
