import { CONTEXT_URL, World } from "./fixture";

let world: World;
beforeEach(async () => {
    world = await World.create();
    world.declareWorkspace({ running: true });
    await world.stack.up();
});
afterEach(() => world.close());

const work = {
    branch: "feature/cart",
    uncommitted: ["src/cart.ts", "src/price.ts"],
    untracked: ["notes.md"],
    unpushed: ["c0ffee fix rounding"],
};

test("destroy refuses over unsaved work, lists it, and touches nothing", async () => {
    const { id } = world.only();
    world.emulator.outside.setGitStatus(id, work);
    world.emulator.clearCalls();
    const failure = String(await world.stack.destroy().catch((error: unknown) => error));
    expect(failure).toContain("on branch feature/cart");
    expect(failure).toContain("2 uncommitted files: src/cart.ts, src/price.ts");
    expect(failure).toContain("1 untracked file: notes.md");
    expect(failure).toContain("1 unpushed commit: c0ffee fix rounding");
    expect(failure).toContain("forceDestroy: true");
    expect(world.only()).toMatchObject({ id, phase: "RUNNING", instances: 1 });
    expect(world.calls("StopWorkspace") + world.calls("DeleteWorkspace")).toBe(0);
    expect(await world.stack.resource("review")).toBeDefined();
});

test("a replacement refuses over unsaved work, and creates nothing", async () => {
    const { id } = world.only();
    world.emulator.outside.setGitStatus(id, work);
    world.declareWorkspace({ running: true, contextUrl: "https://github.com/acme/shop/pull/43" });
    await expect(world.stack.up()).rejects.toThrow("holds work that its deletion would lose");
    expect(world.only()).toMatchObject({ id, phase: "RUNNING" });
});

test("work that appeared while it was stopping keeps it, stopped", async () => {
    const { id } = world.only();
    world.emulator.fail({ rpc: "StopWorkspace", when: "before", kind: "delay", ms: 1 });
    void world.emulator.nextCall("StopWorkspace").then(() => world.emulator.outside.setGitStatus(id, work));
    await expect(world.stack.destroy()).rejects.toThrow("It was stopped, and is kept");
    expect(world.only()).toMatchObject({ id, phase: "STOPPED" });
    expect(world.calls("DeleteWorkspace")).toBe(0);
});

test("forceDestroy lets it go, once it is saved", async () => {
    world.emulator.outside.setGitStatus(world.only().id, work);
    world.declareWorkspace({ running: true, forceDestroy: true });
    world.emulator.clearCalls();
    expect((await world.stack.up()).changes).toMatchObject({ update: 1 });
    expect(world.emulator.calls).toEqual([]);
    await world.stack.destroy();
    expect(world.alive()).toEqual([]);
});

test("a workspace that somebody used and that reported no git status is kept", async () => {
    const id = world.emulator.outside.create({
        contextUrl: CONTEXT_URL,
        organizationId: world.organizationId,
        phase: "PENDING",
    });
    world.declareWorkspace({ running: false, adopt: id });
    world.emulator.outside.touch(id);
    world.emulator.outside.failInstance(id, "node went away");
    const urn = (await world.stack.resource("review"))?.urn ?? "";
    await world.stack.up({ replace: [urn] });
    world.emulator.clearCalls();
    await expect(world.stack.destroy()).rejects.toThrow("has not reported what is uncommitted");
    expect(world.calls("DeleteWorkspace")).toBe(0);
});
