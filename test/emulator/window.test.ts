import { Emulator } from "gitpod-emulator";
import { createWorkspace, REPOSITORY } from "./fixture";
import { describeInBrowser, MARKED, runningWorkspace } from "./window-fixture";

describeInBrowser("the window", (given) => {
    const state = () => given.emulator.workspaces()[0];

    test("shows what a client makes, with the stack of its mark, its team and the call", async () => {
        const { clients, team, window } = given;
        const id = await createWorkspace(clients, team, MARKED);
        await window.shows(id, "Phase", "RUNNING");
        await window.shows(id, "Made by", "review");
        await window.shows(id, "Made by", "in the stack shop/dev");
        await window.shows(id, "Team", "Platform");
        await window.shows(id, "Unsaved work", "none");
        await window.says("tr", `${id}${REPOSITORY}`);
        await window.says("th", "CreateAndStartWorkspace");
        await window.says("td", "alice (owner)");
        await window.shows(runningWorkspace(given, REPOSITORY), "Made by", "made outside of Pulumi");
    });

    test("shows changes as they come, in the line that is there", async () => {
        const { emulator, window } = given;
        const id = runningWorkspace(given);
        await window.shows(id, "Phase", "RUNNING");
        const line = await window.page.$(".workspaces tbody tr");
        emulator.outside.interrupt(id);
        await window.shows(id, "Phase", "INTERRUPTED");
        emulator.outside.setGitStatus(id, { unpushed: ["0f1e"] });
        await window.shows(id, "Unsaved work", "1 unpushed commit");
        expect(await line?.evaluate((element) => element.isConnected)).toBe(true);
        emulator.outside.purge(id);
        await window.page.waitForFunction(() => document.querySelector(".workspaces tbody tr") === null);
    });

    test.each([
        ["Stop", "is stopped. Run pulumi refresh in the stack shop/dev", { phase: "STOPPED" }],
        ["Time out", "has timed out and is stopped.", { phase: "STOPPED", timeout: expect.any(String) }],
        ["Fail", "has failed and is stopped.", { phase: "STOPPED", failed: expect.any(String) }],
        ["Delete", "is deleted. Run pulumi refresh in the stack shop/dev", { deleted: true }],
    ])("%s does what it says, and says what to do next", async (label, text, expected) => {
        const { emulator, window } = given;
        const id = runningWorkspace(given);
        await window.shows(id, "Phase", "RUNNING");
        await window.press(label, id);
        await window.says("#status", `${id} ${text}`);
        expect(state()).toMatchObject(expected);
        // Whoever does it is no client of the API.
        expect(emulator.calls).toEqual([]);
    });

    test("Leave work leaves a file that is not committed", async () => {
        const { clients, window } = given;
        const id = runningWorkspace(given);
        await window.shows(id, "Unsaved work", "none");
        await window.press("Leave work", id);
        await window.shows(id, "Unsaved work", "1 uncommitted file");
        await window.says("#status", "Pulumi refuses to delete it now");
        const { result } = await clients.workspaces.getWorkspace({ workspaceId: id });
        expect(result?.status?.instance?.status?.gitStatus?.totalUncommitedFiles).toBe(1);
    });

    test("a button that has nothing to do says why", async () => {
        const { emulator, team, window } = given;
        const id = emulator.outside.create({ contextUrl: MARKED, organizationId: team, phase: "STOPPED" });
        await window.shows(id, "Phase", "STOPPED");
        await window.press("Fail", id);
        await window.says("#status", `${id} is stopped already.`);
        expect(state()).not.toHaveProperty("failed");
    });

    test("works by keyboard, and a refresh leaves the focus where it is", async () => {
        const { emulator, window } = given;
        const [first, second] = [runningWorkspace(given), runningWorkspace(given)];
        await window.shows(second, "Phase", "RUNNING");
        await window.tabTo("Stop", second);
        // So that the line of the other one goes below this one.
        emulator.outside.delete(first);
        await window.page.waitForFunction(
            (id) => document.querySelector(".workspaces tbody tr:last-child code")?.textContent === id,
            {},
            first,
        );
        expect(await window.focused()).toBe(`Stop: ${second}`);
        await window.page.keyboard.press("Enter");
        await window.shows(second, "Phase", "STOPPED");
        expect(await window.focused()).toBe(`Stop: ${second}`);
    });

    test("says when the emulator has ended", async () => {
        const { emulator, window } = given;
        const id = runningWorkspace(given);
        await window.shows(id, "Phase", "RUNNING");
        await emulator.close();
        await window.says("[role=alert]", "Not connected: the emulator has ended");
        await window.press("Stop", id);
        await window.says("#status", `Stop: ${id} did not work`);
        // The browser complains that there is nobody, and so it should.
        window.complaints.length = 0;
        given.emulator = await Emulator.start({ port: Number(new URL(emulator.url).port) });
        await window.page.waitForFunction(() => document.querySelector("[role=alert]")?.textContent === "");
    });
});
