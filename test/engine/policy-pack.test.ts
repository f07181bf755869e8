import { delimiter, join } from "node:path";
import * as gitpod from "pulumi-gitpod";
import { StackError } from "../support/stack-result";
import { CONTEXT_URL, World } from "./fixture";

// The policies are judged by the engine. What runs them for it comes with Pulumi; where it has not, ours stands in.

const policyPacks = [join(__dirname, "../../examples/policy-pack")];

let world: World;
beforeEach(async () => {
    world = await World.create();
    const { envVars } = world.stack.automation.workspace;
    envVars["PATH"] = [envVars["PATH"], join(__dirname, "../data/policy-host")].join(delimiter);
});
afterEach(() => world.close());

/** A run that the policies end: which was violated, and by what. */
async function violations(
    run: Promise<unknown>,
): Promise<[policy: string, resource: string, level: string][]> {
    const error: unknown = await run.then(
        () => undefined,
        (reason) => reason,
    );
    if (!(error instanceof StackError)) throw new Error("no policy was violated", { cause: error });
    return error.events
        .flatMap(({ policyEvent }) => policyEvent ?? [])
        .map(({ policyName, resourceUrn = "", enforcementLevel }): [string, string, string] => [
            policyName,
            resourceUrn.split("::").at(-1) ?? "",
            enforcementLevel,
        ])
        .sort();
}

test("policy-pack: a preview refuses large classes and what does not declare running, and nothing else", async () => {
    world.declare(async () => {
        const team = new gitpod.Team("team", { name: "Platform" });
        const declare = (name: string, args: Partial<gitpod.WorkspaceArgs>) =>
            new gitpod.Workspace(name, { contextUrl: CONTEXT_URL, organizationId: team.id, ...args });
        declare("small", { workspaceClass: "g1-standard", running: false });
        declare("usual", { running: true });
        declare("large", { workspaceClass: "g1-large", running: true });
        declare("undeclared", {});
        declare("both", { workspaceClass: "g1-large" });
        declare("unknown", { workspaceClass: team.slug.apply(() => "g1-large"), running: true });
    });
    expect(await violations(world.stack.preview({ policyPacks }))).toEqual([
        ["declared-running", "both", "mandatory"],
        ["declared-running", "undeclared", "mandatory"],
        ["small-class", "both", "mandatory"],
        ["small-class", "large", "mandatory"],
        // Not to be judged before it is known.
        ["small-class", "unknown", "advisory"],
    ]);
});

test("policy-pack: an up ends before it creates what a policy refuses", async () => {
    world.declareWorkspace({ workspaceClass: "g1-large", running: true });
    expect(await violations(world.stack.up({ policyPacks }))).toEqual([
        ["small-class", "review", "mandatory"],
    ]);
    expect(world.emulator.workspaces()).toEqual([]);
});
