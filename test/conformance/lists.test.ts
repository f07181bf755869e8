import type { Emulator } from "gitpod-emulator";
import { LIST_LIMIT, LIST_LIMIT_V1 } from "../../provider/src/wire/client";
import { codeOf, overEveryWire, REPOSITORY } from "./site";

/** Makes stopped workspaces and returns their ids. */
function stopped(emulator: Emulator, organizationId: string, count: number): string[] {
    return Array.from({ length: count }, () =>
        emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" }),
    );
}

overEveryWire({}, (site) => {
    test("running ones come first, then the latest activity", async () => {
        const { emulator } = site();
        const organizationId = emulator.addTeam("Acme").id;
        const [oldest, middle, newest] = stopped(emulator, organizationId, 3);
        emulator.outside.start(oldest ?? "");
        await emulator.whenPhase(oldest ?? "", "RUNNING");
        const listed = await site().client().listWorkspaces(organizationId);
        expect(listed.map(({ id }) => id)).toEqual([oldest, newest, middle]);
        await expect(site().client().listWorkspaceIdsV1(organizationId)).resolves.toEqual([
            oldest,
            newest,
            middle,
        ]);
    });

    test("only those of the organization, where one is named", async () => {
        const { emulator } = site();
        const client = site().client();
        const one = emulator.addTeam("One").id;
        const two = emulator.addTeam("Two").id;
        const [inOne] = stopped(emulator, one, 1);
        const [inTwo] = stopped(emulator, two, 1);
        expect((await client.listWorkspaces(one)).map(({ id }) => id)).toEqual([inOne]);
        expect((await client.listWorkspaces(undefined)).map(({ id }) => id)).toEqual([inTwo, inOne]);
        await expect(client.listWorkspaceIdsV1(two)).resolves.toEqual([inTwo]);
    });

    test("a list ends at its limit, and asks for that much", async () => {
        const { emulator } = site();
        const client = site().client();
        const organizationId = emulator.addTeam("Acme").id;
        const ids = stopped(emulator, organizationId, LIST_LIMIT_V1 + 1).toReversed();

        const listed = await client.listWorkspaces(organizationId);
        expect(listed.map(({ id }) => id)).toEqual(ids.slice(0, LIST_LIMIT));
        await expect(client.listWorkspaceIdsV1(organizationId)).resolves.toEqual(ids.slice(0, LIST_LIMIT_V1));
        expect(emulator.calls.map((call) => call.request)).toEqual([
            { pagination: { pageSize: LIST_LIMIT }, organizationId },
            { pagination: { pageSize: LIST_LIMIT_V1 }, organizationId },
        ]);
    });

    test("nobody sees another's workspaces, not even those of a common team", async () => {
        const { emulator } = site();
        const fellow = emulator.addUser("bob");
        const organizationId = emulator.addTeam("Acme", { members: [fellow.id] }).id;
        stopped(emulator, organizationId, 1);
        const client = site().client({ token: fellow.token });
        await expect(client.listWorkspaces(organizationId)).resolves.toEqual([]);
        await expect(client.listWorkspaceIdsV1(organizationId)).resolves.toEqual([]);
    });
});

describe("an installation without gitpod.v1", () => {
    overEveryWire({ v1: false }, (site) => {
        test("answers unimplemented, once and at once, and goes on serving the rest", async () => {
            const { emulator } = site();
            const client = site().client();
            const { id } = emulator.addTeam("Acme");
            expect(await codeOf(client.listWorkspaceIdsV1(id))).toBe("unimplemented");
            expect(await codeOf(client.getOrganization(id))).toBe("unimplemented");
            expect(await codeOf(client.renameOrganization(id, "Better"))).toBe("unimplemented");
            expect(emulator.teams()[0]?.name).toBe("Acme");
            expect((await client.getTeam(id)).name).toBe("Acme");
        });
    });
});
