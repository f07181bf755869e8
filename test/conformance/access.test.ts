import type { GitpodClient } from "../../provider/src/wire/client";
import { BRISK, codeOf, failureOf, overEveryWire, REPOSITORY } from "./site";

const UNKNOWN_ID = "acme-shop-k3j9x0q2ab1";
const UNKNOWN_TEAM = "5b2e1a52-6f3c-4b59-9d0e-0c8f7e1b2a3d";

const BY_ID: [string, (client: GitpodClient, id: string) => Promise<unknown>][] = [
    ["getWorkspace", (client, id) => client.getWorkspace(id)],
    ["startWorkspace", (client, id) => client.startWorkspace(id)],
    ["stopWorkspace", (client, id) => client.stopWorkspace(id)],
    ["deleteWorkspace", (client, id) => client.deleteWorkspace(id)],
];

overEveryWire({ parallelLimit: 1 }, (site) => {
    test.each(BY_ID)("%s: who may, and what is an id", async (_name, call) => {
        const { emulator } = site();
        const fellow = emulator.addUser("bob");
        const outsider = emulator.addUser("eve");
        const organizationId = emulator.addTeam("Acme", { members: [fellow.id] }).id;
        const id = emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" });

        expect(await codeOf(call(site().client({ token: fellow.token }), id))).toBe("permission_denied");
        expect(await codeOf(call(site().client({ token: outsider.token }), id))).toBe("not_found");
        expect(emulator.workspaces()).toMatchObject([{ phase: "STOPPED", deleted: false, instances: 1 }]);

        const owner = site().client({ clock: BRISK });
        expect(await codeOf(call(owner, UNKNOWN_ID))).toBe("not_found");
        for (const nonsense of ["", "nonsense", `${id}/`, id.toUpperCase()]) {
            expect(await codeOf(call(owner, nonsense))).toBe("invalid_argument");
        }
        expect(await codeOf(call(owner, id))).toBe("ok");
    });

    test("what a create is refused for, each time after one call and with the server's words", async () => {
        const { emulator } = site();
        const organizationId = emulator.addTeam("Acme").id;
        const foreign = emulator.addTeam("Other", { owner: emulator.addUser("eve").id }).id;
        const good = { contextUrl: REPOSITORY, organizationId };
        const client = site().client({ clock: BRISK });
        const refused: [string, Parameters<GitpodClient["createWorkspace"]>[0]][] = [
            ["invalid_argument", { ...good, contextUrl: "nonsense" }],
            ["not_found", { ...good, contextUrl: "https://github.com/not-found/shop" }],
            ["not_found", { ...good, organizationId: UNKNOWN_TEAM }],
            ["not_found", { ...good, organizationId: foreign }],
            ["failed_precondition", { ...good, workspaceClass: "g9-huge" }],
        ];
        for (const [code, request] of refused) {
            expect(await codeOf(client.createWorkspace(request))).toBe(code);
        }
        emulator.outside.create({ ...good, phase: "RUNNING" });
        const tooMany = await failureOf(client.createWorkspace(good));
        expect(tooMany.code).toBe("invalid_argument");
        expect(tooMany.message).toContain("You cannot run more than 1 workspaces");
        expect(tooMany.message).toContain("WorkspacesService/CreateAndStartWorkspace failed");
        expect(emulator.workspaces()).toHaveLength(1);
        expect(site().count("CreateAndStartWorkspace")).toBe(refused.length + 1);
    });

    test("a wrong token fails at once, and again with the same words when the server's own have changed", async () => {
        const { emulator } = site();
        const client = site().client({ token: "gitpod_pat_wrong.token" });
        const first = await failureOf(client.whoAmI());
        expect(first.code).toBe("unauthenticated");
        expect(first.message).toContain("make a new one");

        expect(await codeOf(client.listWorkspaces(undefined))).toBe("unauthenticated");
        expect(await codeOf(client.stopWorkspace(UNKNOWN_ID))).toBe("unauthenticated");
        // That is what the server said, and each was asked once.
        expect(emulator.calls.map(({ rpc, code }) => ({ rpc, code }))).toEqual([
            { rpc: "GetAuthenticatedUser", code: "unauthenticated" },
            { rpc: "ListWorkspaces", code: "internal" },
            { rpc: "StopWorkspace", code: "internal" },
        ]);
    });

    test("a wrong token that an earlier process was told of fails at once too, though the server says internal", async () => {
        const { emulator } = site();
        const token = "gitpod_pat_wrong.token";
        expect(await codeOf(site().client({ token }).whoAmI())).toBe("unauthenticated");
        emulator.clearCalls();
        const failure = await failureOf(site().client({ token }).whoAmI());
        expect(failure.code).toBe("unauthenticated");
        expect(failure.message).toContain("make a new one");
        expect(emulator.calls.map(({ rpc, code }) => ({ rpc, code }))).toEqual([
            { rpc: "GetAuthenticatedUser", code: "internal" },
            { rpc: "GetOrganization", code: "unauthenticated" },
        ]);
    });

    test("gitpod.v1 refuses a wrong token each time in the same way", async () => {
        const client = site().client({ token: "gitpod_pat_wrong.token" });
        expect(await codeOf(client.getOrganization(UNKNOWN_TEAM))).toBe("unauthenticated");
        expect(await codeOf(client.getOrganization(UNKNOWN_TEAM))).toBe("unauthenticated");
        expect(site().count("GetOrganization")).toBe(2);
    });

    test("a token is in no error", async () => {
        const token = "gitpod_pat_wrong.0123456789";
        const failure = await failureOf(site().client({ token }).whoAmI());
        const shown = [failure.message, failure.stack, JSON.stringify(failure), String(failure.cause)];
        expect(shown.join("\n")).not.toContain("0123456789");
    });
});
