import { codeOf, overEveryWire } from "./site";

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

overEveryWire({}, (site) => {
    test("create, get, list, rename and delete", async () => {
        const { emulator } = site();
        const client = site().client();

        const team = await client.createTeam("  Platform  ");
        expect(team).toEqual({
            id: expect.stringMatching(UUID),
            name: "Platform",
            invitationId: expect.stringMatching(UUID),
            members: [
                {
                    userId: emulator.userId,
                    role: "owner",
                    fullName: "alice",
                    email: "alice@example.test",
                    avatarUrl: "https://avatars.test/alice",
                    memberSince: expect.stringMatching(RFC_3339),
                },
            ],
        });
        await expect(client.getTeam(team.id)).resolves.toEqual(team);
        await expect(client.listTeams()).resolves.toEqual([team]);

        // The slug is known to gitpod.v1 alone, by the same id.
        await expect(client.getOrganization(team.id)).resolves.toEqual({
            id: team.id,
            name: "Platform",
            slug: "platform",
        });
        await expect(client.renameOrganization(team.id, "Better Platform")).resolves.toEqual({
            id: team.id,
            name: "Better Platform",
            slug: "better-platform",
        });
        expect((await client.getTeam(team.id)).name).toBe("Better Platform");

        await client.deleteTeam(team.id);
        await expect(client.listTeams()).resolves.toEqual([]);
        expect(await codeOf(client.getTeam(team.id))).toBe("not_found");
        expect(await codeOf(client.getOrganization(team.id))).toBe("not_found");
        expect(await codeOf(client.deleteTeam(team.id))).toBe("not_found");
    });

    test("names need not be unique, slugs are", async () => {
        const client = site().client();
        const [one, two] = [await client.createTeam("Acme"), await client.createTeam("Acme")];
        expect(one.id).not.toBe(two.id);
        expect((await client.getOrganization(one.id)).slug).toBe("acme");
        expect((await client.getOrganization(two.id)).slug).toMatch(/^acme-[0-9a-f]{8}$/);
    });

    test("a rename to the same name changes the slug", async () => {
        const client = site().client();
        const { id } = await client.createTeam("Acme");
        expect((await client.renameOrganization(id, "Acme")).slug).toMatch(/^acme-[0-9a-f]{8}$/);
    });

    test.each([
        ["", "invalid_argument"],
        ["ab", "invalid_argument"],
        ["abc", "ok"],
        ["a".repeat(64), "ok"],
        ["a".repeat(65), "invalid_argument"],
    ])("a team named %p comes to %s", async (name, code) => {
        expect(await codeOf(site().client().createTeam(name))).toBe(code);
        expect(site().emulator.teams()).toHaveLength(code === "ok" ? 1 : 0);
    });

    test.each([
        ["   ", "invalid_argument"],
        ["a", "ok"],
        ["a".repeat(32), "ok"],
        // The server's code for it says nothing: a program that knows the limit has to check it itself.
        ["a".repeat(33), "unknown"],
    ])("a rename to %p comes to %s, after one call", async (name, code) => {
        const { id } = site().emulator.addTeam("Acme");
        expect(await codeOf(site().client().renameOrganization(id, name))).toBe(code);
        expect(site().count("UpdateOrganization")).toBe(1);
        expect(site().emulator.teams()[0]?.name).toBe(code === "ok" ? name : "Acme");
    });

    test("a member sees the team without its invitation, and changes nothing", async () => {
        const { emulator } = site();
        const fellow = emulator.addUser("bob");
        const { id } = emulator.addTeam("Acme", { members: [fellow.id] });
        const client = site().client({ token: fellow.token });

        const team = await client.getTeam(id);
        expect(team).not.toHaveProperty("invitationId");
        expect(team.members.map(({ userId, role }) => ({ userId, role }))).toEqual([
            { userId: fellow.id, role: "member" },
            { userId: emulator.userId, role: "owner" },
        ]);
        await expect(client.listTeams()).resolves.toEqual([team]);
        expect(await codeOf(client.getOrganization(id))).toBe("ok");
        expect(await codeOf(client.deleteTeam(id))).toBe("permission_denied");
        expect(await codeOf(client.renameOrganization(id, "Mine"))).toBe("permission_denied");
        expect(emulator.teams()).toMatchObject([{ id, name: "Acme", deleted: false }]);
    });

    test("for an outsider the team does not exist", async () => {
        const { emulator } = site();
        const { id } = emulator.addTeam("Acme");
        const client = site().client({ token: emulator.addUser("eve").token });
        await expect(client.listTeams()).resolves.toEqual([]);
        expect(await codeOf(client.getTeam(id))).toBe("not_found");
        expect(await codeOf(client.getOrganization(id))).toBe("not_found");
        expect(await codeOf(client.renameOrganization(id, "Mine"))).toBe("not_found");
        expect(await codeOf(client.deleteTeam(id))).toBe("not_found");
    });

    test("a team's id is a UUID", async () => {
        const client = site().client();
        for (const id of ["", "nonsense", "acme-shop-k3j9x0q2ab1"]) {
            expect(await codeOf(client.getTeam(id))).toBe("invalid_argument");
            expect(await codeOf(client.deleteTeam(id))).toBe("invalid_argument");
            expect(await codeOf(client.getOrganization(id))).toBe("invalid_argument");
            expect(await codeOf(client.renameOrganization(id, "Better"))).toBe("invalid_argument");
            expect(await codeOf(client.listWorkspacesV1(id))).toBe("invalid_argument");
        }
    });
});
