import * as gitpod from "pulumi-gitpod";
import { CANARY, withoutEngineOwn } from "./canary";
import { CONTEXT_URL, World, type WorldOptions } from "./fixture";

// Every test that has a world searches for its secrets when it closes it. Here is what takes too long for each of them,
// and that the search finds what there is.

let world: World | undefined;
afterEach(() => world?.close());

const VERBOSE = { logVerbosity: 9, logToStdErr: true };

// A secret output is another matter: at this level the engine and the SDK print those of every provider.
test.each<[string, WorldOptions, boolean]>([
    ["the environment", {}, false],
    [
        "a secret of the configuration",
        { env: { GITPOD_TOKEN: "" }, config: { "gitpod:token": { value: CANARY, secret: true } } },
        true,
    ],
])("a token from %s is not in the most verbose log of a stack's life", async (_, options, engineTells) => {
    world = await World.create(options);
    world.declareWorkspace({ running: true });
    await world.stack.up(VERBOSE);
    world.emulator.outside.timeOut(world.only().id);
    await world.stack.refresh(VERBOSE);
    await world.stack.up(VERBOSE);
    world.declareWorkspace({ running: false, contextUrl: `${CONTEXT_URL}/commits` });
    await world.stack.up(VERBOSE);
    world.emulator.fail({ rpc: "StopWorkspace", when: "before", kind: "error", code: "permission_denied" });
    world.declareWorkspace({ running: true, forceDestroy: true });
    await world.stack.up(VERBOSE);
    await expect(world.stack.destroy(VERBOSE)).rejects.toThrow("permission_denied");
    await world.stack.destroy(VERBOSE);

    const log = world.stack.said();
    // It is the verbose one, with what provider and engine tell each other.
    expect(log.includes("Unmarshaling property for RPC[Provider[")).toBe(true);
    // The engine itself prints the configuration that it gives to a provider: what a user can do is in the docs.
    expect(log.includes(CANARY)).toBe(engineTells);
    expect(withoutEngineOwn(log).includes(CANARY)).toBe(false);
});

test("the provider that the state holds is its name and nothing else", async () => {
    const here = await World.create();
    world = here;
    here.declare(async () => {
        // Without one it is the user's only organization, and the team may come to be a second while it is asked for.
        new gitpod.Workspace("review", { contextUrl: CONTEXT_URL, organizationId: here.organizationId });
        new gitpod.Team("platform", { name: "Platform" });
    });
    await world.stack.up();
    const { resources } = await world.stack.state();
    const providers = resources.flatMap(({ inputs, outputs }) => [
        inputs?.["__provider"],
        outputs?.["__provider"],
    ]);
    expect(new Set(providers)).toEqual(
        new Set([
            undefined,
            'exports.handler=()=>require("pulumi-gitpod/workspace")',
            'exports.handler=()=>require("pulumi-gitpod/team")',
        ]),
    );
});

test("a secret that gets out fails the test that let it", async () => {
    world = await World.create();
    world.declare(async () => ({ oops: CANARY }));
    await world.stack.up();
    const closing = world.close();
    world = undefined;
    await expect(closing).rejects.toThrow(
        /secrets got out: what the engine said holds a token; the backend's .*dev\.json holds a token/,
    );
});
