import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as gitpod from "pulumi-gitpod";
import { CONTEXT_URL, World } from "./fixture";

/** What version 0.1.0 left in the state after an `up`: a team, and a workspace in it that ran. Never to be edited. */
const STATE = join(__dirname, "..", "data", "state-0.1.0.json");

let world: World;
beforeEach(async () => {
    world = await World.create();
});
afterEach(() => world.close());

test("a stack of version 0.1.0 is refreshed, updated and destroyed by this one", async () => {
    const team = world.emulator.addTeam("Platform").id;
    const workspace = world.emulator.outside.create({
        contextUrl: `PULUMI_URN=test.dev.review.1a94ab3e7f25d2e6/${CONTEXT_URL}`,
        organizationId: team,
    });
    await world.emulator.whenPhase(workspace, "RUNNING");
    const names: Record<string, string> = {
        team,
        workspace,
        user: world.emulator.userId,
        host: world.emulator.url,
    };
    const text = await readFile(STATE, "utf8");
    await world.stack.replaceState(text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => names[name] ?? ""));

    const declare = (running: boolean): void =>
        world.declare(async () => {
            const { id } = new gitpod.Team("platform", { name: "Platform" });
            new gitpod.Workspace("review", { contextUrl: CONTEXT_URL, organizationId: id, running });
        });
    declare(true);
    const refresh = await world.stack.refresh();
    expect(refresh.changes).toMatchObject({ same: expect.any(Number) });
    expect(refresh.changes).not.toHaveProperty("delete");
    await world.expectSettled();
    declare(false);
    expect((await world.stack.up()).changes).toEqual({ same: 2, update: 1 });
    expect(world.only()).toMatchObject({ id: workspace, phase: "STOPPED" });
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
    expect(world.emulator.teams().filter(({ deleted }) => !deleted)).toMatchObject([{ name: "Acme" }]);
});
