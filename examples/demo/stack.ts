import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import type { Emulator } from "gitpod-emulator";
import { ensureEngine, pulumiCommand, type Sandbox } from "../../engine";

/** As in `Pulumi.yaml` at the root, which a person's own `pulumi up` uses. */
const projectName = "pulumi-gitpod-demo";

/** The program beside this file as a stack on the real engine. The state is a file in the sandbox. */
export async function createStack(emulator: Emulator, sandbox: Sandbox): Promise<Stack> {
    const engine = await ensureEngine((line) => console.log(line));
    const options = sandbox.options(projectName);
    const stack = await LocalWorkspace.createStack(
        { projectName, stackName: "demo", program: async () => freshly(require.resolve("./index")) },
        {
            ...options,
            pulumiCommand: await pulumiCommand(engine),
            envVars: { ...options.envVars, GITPOD_TOKEN: emulator.token },
        },
    );
    await stack.setConfig("gitpod:host", { value: emulator.url });
    return stack;
}

/** A program declares its resources while it loads, so each run loads it anew. What it exports are the outputs. */
function freshly(program: string): Record<string, unknown> {
    delete require.cache[program];
    return require(program);
}
