/** `npm run demo`: the life of a few workspaces, on the real engine and against a Gitpod that runs in this process. */
import { Emulator } from "gitpod-emulator";
import { createSandbox } from "../../engine";
import { remaining, workspaceOf } from "./api";
import { createStack } from "./stack";

/** Passes on what the engine prints, as it prints it. */
const show = {
    onOutput: (text: string) => void process.stdout.write(text),
    color: process.stdout.isTTY ? "always" : "never",
    suppressProgress: true,
} as const;

const introduction = `
Gitpod gives developers workspaces: computers in the cloud, each with a project checked out and ready.
Pulumi reads a program that declares what is to exist, and makes it so.
Here is a real Pulumi engine, and an imitation of Gitpod's API on this machine: no account, nothing to pay.
The program, examples/demo/index.ts, declares a team, a workspace that is to run, and one that is to be stopped.`;

let step = 0;

function explain(...lines: string[]): void {
    step += 1;
    console.log(`\n${step}. ${lines.join("\n   ")}\n`);
}

async function demo(emulator: Emulator): Promise<void> {
    const sandbox = await createSandbox();
    try {
        console.log(introduction);
        const stack = await createStack(emulator, sandbox);

        explain("Nothing exists yet. `pulumi up` makes all that the program declares.");
        await stack.up(show);

        explain(
            "Gitpod stops a workspace that nobody uses, and so it just did with the one for the review.",
            "`pulumi refresh` asks Gitpod how things really are. It finds that one differs, and notes it.",
        );
        emulator.outside.stop(workspaceOf(emulator, "acme/shop/pull/42"));
        await stack.refresh(show);

        explain(
            "The program still says `running: true`, so `pulumi up` starts it again.",
            "It is the same workspace, with all that was in it, and the other one stays as it is.",
        );
        await stack.up({ ...show, diff: true });

        explain(
            "Somebody deletes the stopped workspace by hand, on Gitpod's web page.",
            "`pulumi up --refresh` looks first, sees that it is gone, and makes it anew.",
        );
        emulator.outside.delete(workspaceOf(emulator, "acme/course"));
        await stack.up({ ...show, refresh: true });

        explain("`pulumi destroy` takes away all that Pulumi made.");
        await stack.destroy(show);

        explain("At the end Gitpod's API is asked, over HTTP, what is left.");
        const left = await remaining(emulator);
        console.log(
            left.length === 0 ? "Nothing: no workspace and no team." : `Left over: ${left.join(", ")}`,
        );
        if (left.length > 0) process.exitCode = 1;
    } finally {
        await sandbox.remove();
    }
}

async function main(): Promise<void> {
    const second = 1000;
    const emulator = await Emulator.start({ durations: { initializing: second, stopping: second } });
    try {
        await demo(emulator);
    } finally {
        await emulator.close();
    }
}

main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
});
