import { Emulator } from "gitpod-emulator";
import { clientsOf, REPOSITORY } from "./fixture";

test("the emulator tells all that it has given out in secret", async () => {
    const emulator = await Emulator.start({ limits: false });
    const bob = emulator.addUser("bob");
    const clients = clientsOf(emulator);
    const { team } = await clients.teams.createTeam({ name: "Acme" });
    const organizationId = team?.id ?? "";
    const workspaceId = emulator.outside.create({ contextUrl: REPOSITORY, organizationId });
    await emulator.whenPhase(workspaceId, "RUNNING");
    const { token } = await clients.workspaces.getOwnerToken({ workspaceId });
    const invitation = team?.teamInvitation?.id;
    expect(invitation).toEqual(expect.any(String));
    // What it was once is as secret as what it is.
    emulator.outside.deleteTeam(organizationId);
    expect(emulator.secrets().toSorted()).toEqual([emulator.token, bob.token, token, invitation].toSorted());
    await emulator.close();
});
