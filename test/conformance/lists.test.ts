import type { Emulator } from "gitpod-emulator";
import { type GitpodClient, LIST_LIMIT, LIST_LIMIT_V1 } from "../../provider/src/wire/client";
import { codeOf, overEveryWire, REPOSITORY } from "./site";

/** Makes stopped workspaces and returns their ids. */
function stopped(emulator: Emulator, organizationId: string, count: number): string[] {
    return Array.from({ length: count }, () =>
        emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" }),
    );
}

async function idsV1(client: GitpodClient, organizationId: string): Promise<string[]> {
    return (await client.listWorkspacesV1(organizationId)).map(({ id }) => id);
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
        expect(await idsV1(site().client(), organizationId)).toEqual([oldest, newest, middle]);
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
        expect(await idsV1(client, two)).toEqual([inTwo]);
    });

    test("a list ends at its limit, and asks for that much", async () => {
        const { emulator } = site();
        const client = site().client();
        const organizationId = emulator.addTeam("Acme").id;
        const ids = stopped(emulator, organizationId, LIST_LIMIT_V1 + 1).toReversed();

        const listed = await client.listWorkspaces(organizationId);
        expect(listed.map(({ id }) => id)).toEqual(ids.slice(0, LIST_LIMIT));
        expect(await idsV1(client, organizationId)).toEqual(ids.slice(0, LIST_LIMIT_V1));
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
        await expect(client.listWorkspacesV1(organizationId)).resolves.toEqual([]);
    });

    test.each<[string, string, (emulator: Emulator, id: string) => void]>([
        ["that is stopped", "", () => undefined],
        ["that never ran", "", (emulator, id) => emulator.outside.removeInstance(id)],
        ["with variables", "A=1,PULUMI_URN=shop.dev.review.0f1e/", () => undefined],
        [
            "that has failed",
            "",
            (emulator, id) => {
                emulator.outside.start(id);
                emulator.outside.failInstance(id, "no such image");
            },
        ],
        [
            "that timed out",
            "",
            (emulator, id) => {
                emulator.outside.start(id);
                emulator.outside.timeOut(id);
            },
        ],
        [
            "that is interrupted",
            "",
            (emulator, id) => {
                emulator.outside.start(id);
                emulator.outside.interrupt(id);
            },
        ],
    ])("both lists tell the same of a workspace %s", async (_name, prefix, change) => {
        const { emulator } = site();
        const organizationId = emulator.addTeam("Acme").id;
        const contextUrl = `${prefix}${REPOSITORY}`;
        const id = emulator.outside.create({ contextUrl, organizationId, phase: "STOPPED" });
        change(emulator, id);
        const client = site().client();
        const [workspace] = await client.listWorkspaces(organizationId);
        const [glimpse] = await client.listWorkspacesV1(organizationId);
        expect(glimpse).toMatchObject({ id, ownerId: emulator.userId, description: workspace?.description });
        expect(glimpse?.variables.map(({ name, value }) => `${name}=${value}`).join(",")).toBe(
            prefix.slice(0, -1),
        );
        const { createdAt, message, touched, ...shared } = workspace?.instance ?? {};
        expect(glimpse?.instance ?? {}).toEqual(shared);
    });
});

describe("an installation without gitpod.v1", () => {
    overEveryWire({ v1: false }, (site) => {
        test("answers unimplemented, once and at once, and goes on serving the rest", async () => {
            const { emulator } = site();
            const client = site().client();
            const { id } = emulator.addTeam("Acme");
            expect(await codeOf(client.listWorkspacesV1(id))).toBe("unimplemented");
            expect(await codeOf(client.getOrganization(id))).toBe("unimplemented");
            expect(await codeOf(client.renameOrganization(id, "Better"))).toBe("unimplemented");
            expect(emulator.teams()[0]?.name).toBe("Acme");
            expect((await client.getTeam(id)).name).toBe("Acme");
        });
    });
});
