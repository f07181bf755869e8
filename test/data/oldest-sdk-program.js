// Run in a folder of its own, where the oldest SDK that the package allows is installed: see oldest-sdk.test.ts.
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");
const { version } = require("@pulumi/pulumi/package.json");
const gitpod = require("pulumi-gitpod");

async function main({ root, host, contextUrl, ...workspace }) {
    const stack = await LocalWorkspace.createStack(
        {
            projectName: "test",
            stackName: "oldest",
            program: async () => {
                const { id, phase } = new gitpod.Workspace("review", { contextUrl, running: true });
                return { id, phase };
            },
        },
        { ...workspace, pulumiCommand: await PulumiCommand.get(root === undefined ? {} : { root }) },
    );
    await stack.setConfig("gitpod:host", { value: host });
    const { outputs } = await stack.up();
    await stack.refresh({ expectNoChanges: true });
    await stack.up({ expectNoChanges: true });
    await stack.destroy();
    return { version, id: outputs.id.value, phase: outputs.phase.value };
}

main(JSON.parse(process.env.OPTIONS)).then(
    (result) => console.log(JSON.stringify(result)),
    (error) => {
        console.error(error);
        process.exitCode = 1;
    },
);
