import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, TIME_SCALE, World } from "./fixture";

/** The server's windows are half as long as the provider takes them for, so that a busy machine does not decide who is late. */
const LIMITS = { timeScale: TIME_SCALE / 2 };

let world: World;
afterEach(() => world.close());

test("twelve workspaces live under the real server's limits, and none of its refusals reaches anybody", async () => {
    world = await World.create({ emulator: { limits: LIMITS } });
    const declare = (running: boolean): void =>
        world.declare(async () => {
            for (let count = 0; count < 12; count++) {
                new gitpod.Workspace(`workspace-${count}`, { contextUrl: CONTEXT_URL, running });
            }
        });
    declare(true);
    await world.stack.up({ parallel: 12 });
    expect(world.alive().map(({ phase }) => phase)).toEqual(Array(12).fill("RUNNING"));
    for (const { id } of world.alive()) {
        world.emulator.outside.stop(id);
    }
    await world.stack.up({ parallel: 12, refresh: true });
    expect(world.alive().map(({ phase }) => phase)).toEqual(Array(12).fill("RUNNING"));
    declare(false);
    await world.stack.up({ parallel: 12 });
    expect(world.alive().map(({ phase }) => phase)).toEqual(Array(12).fill("STOPPED"));
    await world.stack.destroy({ parallel: 12 });
    expect(world.alive()).toEqual([]);

    const refused = world.emulator.calls.filter(({ code }) => code === "resource_exhausted");
    expect(refused).toEqual([]);
    expect(world.calls("CreateAndStartWorkspace")).toBe(12);
});

test("creates that another program's calls leave no room for are sent again, once there is room", async () => {
    world = await World.create();
    world.emulator.fail({
        rpc: "CreateAndStartWorkspace",
        when: "before",
        kind: "error",
        code: "resource_exhausted",
        times: 2,
    });
    world.declareWorkspace({ running: true });
    await world.stack.up();
    expect(world.only().phase).toBe("RUNNING");
    expect(world.calls("CreateAndStartWorkspace")).toBe(3);
});
