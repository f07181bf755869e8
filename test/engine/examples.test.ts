import { settings, worldOf } from "./example";
import type { World } from "./fixture";

let world: World;
afterEach(() => world.close());

async function begin(example: string, config: Record<string, string>): Promise<void> {
    world = await worldOf(example, config);
}

function configure(config: Record<string, string>): Promise<void> {
    return world.stack.automation.setAllConfig(settings(config));
}

const phases = (): (string | undefined)[] => world.alive().map(({ phase }) => phase);

test("pull-request: a workspace comes and goes with its stack", async () => {
    await begin("pull-request", { repository: "https://github.com/acme/shop", pullRequest: "42" });
    const { outputs } = await world.stack.up();
    expect(world.only()).toMatchObject({ phase: "RUNNING" });
    expect(world.only().contextUrl).toMatch(/\/https:\/\/github\.com\/acme\/shop\/pull\/42$/);
    expect(outputs["url"]?.value).toMatch(/^https:/);
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
});

test("team-from-list: a team with a workspace for each line", async () => {
    await begin("team-from-list", {});
    const { outputs } = await world.stack.up();
    const [team] = world.emulator.teams().filter(({ name }) => name === "Platform");
    expect(world.alive().map(({ organizationId }) => organizationId)).toEqual(Array(3).fill(team?.id));
    expect(phases()).toEqual(Array(3).fill("STOPPED"));
    expect(Object.keys(outputs["urls"]?.value)).toEqual(["billing", "docs", "shop"]);
    await world.expectSettled();
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
});

test("office-hours: open and closed by configuration", async () => {
    await begin("office-hours", { open: "true" });
    await world.stack.up();
    expect(phases()).toEqual(["RUNNING", "RUNNING"]);
    await configure({ open: "false" });
    await world.stack.up();
    expect(phases()).toEqual(["STOPPED", "STOPPED"]);
});

test("adopt-existing: what is there is taken over as it is", async () => {
    await begin("adopt-existing", {});
    const { emulator, organizationId } = world;
    const contexts = {
        "https://github.com/acme/shop": "RUNNING",
        "https://github.com/acme/docs": "STOPPED",
    } as const;
    const existing = Object.entries(contexts).map(([contextUrl, phase]) => [
        contextUrl,
        emulator.outside.create({ contextUrl, organizationId, phase }),
    ]);
    await configure({ existing: JSON.stringify(Object.fromEntries(existing)) });
    await world.stack.up();
    expect(world.calls("CreateAndStartWorkspace")).toBe(0);
    expect(phases().sort()).toEqual(["RUNNING", "STOPPED"]);
    for (const [index, [, id]] of existing.entries()) {
        expect(await world.stack.resource(`adopted-${index + 1}`)).toMatchObject({ id });
    }
    await world.expectSettled();
});

test("waves: each wave waits for the one before", async () => {
    await begin("waves", { running: "false" });
    await world.stack.up();
    expect(phases()).toEqual(Array(6).fill("STOPPED"));
    const seats = new Map<string, string>();
    for (let seat = 1; seat <= 6; seat++) {
        seats.set((await world.stack.resource(`seat-${seat}`))?.id ?? "", `seat-${seat}`);
    }
    await configure({ running: "true" });
    world.emulator.clearCalls();
    await world.stack.up();
    expect(phases()).toEqual(Array(6).fill("RUNNING"));
    const started = world.emulator.calls
        .filter(({ rpc }) => rpc === "StartWorkspace")
        .map(({ request }) => seats.get(String((request as { workspaceId?: string }).workspaceId)));
    const waves = [started.slice(0, 2), started.slice(2, 4), started.slice(4)];
    expect(waves.map((wave) => wave.sort())).toEqual([
        ["seat-1", "seat-2"],
        ["seat-3", "seat-4"],
        ["seat-5", "seat-6"],
    ]);
});
