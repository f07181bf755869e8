import { PulumiCommand } from "@pulumi/pulumi/automation";
import type { Engine } from "./ensure";
import { engineFolders } from "./folders";

/** The engine as the Automation API wants it. */
export async function pulumiCommand(engine: Engine): Promise<PulumiCommand> {
    // The SDK asks the CLI for its version with the environment of this process only, and the CLI then writes a log
    // into the user's own `~/.pulumi`.
    process.env["PULUMI_HOME"] = engineFolders(process.env).home;
    return PulumiCommand.get(engine.root === undefined ? {} : { root: engine.root });
}
