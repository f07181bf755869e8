import { PHASES } from "../../provider/src/wire/domain";
import { overEveryWire, REPOSITORY } from "./site";

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

overEveryWire({}, (site) => {
    /** A team of the first user's, and its id. */
    const team = (): string => site().emulator.addTeam("Acme").id;

    test("whoAmI", async () => {
        const { emulator } = site();
        await expect(site().client().whoAmI()).resolves.toEqual({ id: emulator.userId, name: "alice" });
    });

    test("listWorkspaceClasses", async () => {
        const classes = await site().client().listWorkspaceClasses();
        expect(classes.map(({ id, isDefault }) => ({ id, isDefault }))).toEqual([
            { id: "g1-standard", isDefault: true },
            { id: "g1-large", isDefault: false },
        ]);
        expect(classes[0]?.displayName).toBe("Standard");
        expect(classes[0]?.description).not.toBe("");
    });

    test("a create returns the id before the workspace runs, and sends everything that was asked for", async () => {
        const organizationId = team();
        const contextUrl = `PULUMI_URN=shop.dev.review.0a1b/${REPOSITORY}`;
        const id = await site()
            .client()
            .createWorkspace({
                contextUrl,
                organizationId,
                workspaceClass: "g1-large",
                editor: { name: "goland", latest: true },
                region: "europe-west9",
                forceDefaultConfig: true,
            });
        const { emulator } = site();
        expect(emulator.workspaces()).toMatchObject([
            { id, contextUrl, organizationId, phase: "PREPARING", deleted: false },
        ]);
        expect(emulator.calls).toMatchObject([
            {
                rpc: "CreateAndStartWorkspace",
                request: {
                    contextUrl,
                    organizationId,
                    forceDefaultConfig: true,
                    startSpec: {
                        workspaceClass: "g1-large",
                        region: "europe-west9",
                        ideSettings: { defaultIde: "goland", useLatestVersion: true },
                    },
                },
            },
        ]);
    });

    test("a create with nothing but a repository still carries its start spec", async () => {
        const organizationId = team();
        await site().client().createWorkspace({ contextUrl: REPOSITORY, organizationId });
        expect(site().emulator.calls[0]?.request).toEqual({
            contextUrl: REPOSITORY,
            organizationId,
            startSpec: {},
        });
    });

    test("a workspace in domain types, from its start to its stop", async () => {
        const { emulator } = site();
        const client = site().client();
        const organizationId = team();
        const contextUrl = `PULUMI_URN=shop.dev.review.0a1b/${REPOSITORY}`;
        const id = await client.createWorkspace({ contextUrl, organizationId });

        await emulator.whenPhase(id, "RUNNING");
        emulator.outside.setGitStatus(id, {
            branch: "fix",
            uncommitted: ["a.ts"],
            untracked: Array.from({ length: 120 }, (_, index) => `new-${index}`),
            unpushed: ["0f1e2d: Fix"],
        });
        emulator.outside.touch(id);
        const running = await client.getWorkspace(id);
        const instanceId = emulator.workspaces()[0]?.instanceId;
        expect(running).toEqual({
            id,
            ownerId: emulator.userId,
            description: "acme/shop - main",
            context: {
                contextUrl,
                git: { normalizedContextUrl: REPOSITORY, repository: { owner: "acme", name: "shop" } },
            },
            instance: {
                id: instanceId,
                phase: "RUNNING",
                createdAt: expect.stringMatching(RFC_3339),
                url: `https://${id}.ws.gitpod.test`,
                ports: [],
                touched: true,
                gitStatus: {
                    branch: "fix",
                    uncommittedFiles: ["a.ts"],
                    totalUncommittedFiles: 1,
                    untrackedFiles: expect.any(Array),
                    totalUntrackedFiles: 120,
                    unpushedCommits: ["0f1e2d: Fix"],
                    totalUnpushedCommits: 1,
                },
            },
        });
        expect(running.instance?.gitStatus?.untrackedFiles).toHaveLength(100);

        await client.stopWorkspace(id);
        await emulator.whenPhase(id, "STOPPED");
        expect((await client.getWorkspace(id)).instance?.phase).toBe("STOPPED");

        const restarted = await client.startWorkspace(id);
        expect(restarted.instance?.phase).toBe("PREPARING");
        expect(restarted.instance?.id).not.toBe(instanceId);
    });

    test.each([
        ["failed", "image build failed"],
        ["timeout", "workspace timed out"],
    ] as const)("why it stopped: %s", async (kind, reason) => {
        const { emulator } = site();
        const id = emulator.outside.create({
            contextUrl: REPOSITORY,
            organizationId: team(),
            phase: "RUNNING",
        });
        if (kind === "failed") {
            emulator.outside.failInstance(id, reason);
        } else {
            emulator.outside.timeOut(id);
        }
        const { instance } = await site().client().getWorkspace(id);
        expect(instance).toMatchObject({ phase: "STOPPED", [kind]: reason, message: reason });
        expect(Object.keys(instance ?? {})).not.toContain(kind === "failed" ? "timeout" : "failed");
    });

    test("a workspace without an instance has none", async () => {
        const { emulator } = site();
        const id = emulator.outside.create({ contextUrl: REPOSITORY, organizationId: team() });
        emulator.outside.removeInstance(id);
        const workspace = await site().client().getWorkspace(id);
        expect(workspace).toMatchObject({ id });
        expect(workspace).not.toHaveProperty("instance");
    });

    test("a start does nothing but where the workspace is stopped", async () => {
        const { emulator } = site();
        const id = emulator.outside.create({
            contextUrl: REPOSITORY,
            organizationId: team(),
            phase: "RUNNING",
        });
        const before = emulator.workspaces()[0];
        expect((await site().client().startWorkspace(id)).instance?.id).toBe(before?.instanceId);
        expect(emulator.workspaces()[0]?.instances).toBe(1);
    });

    test("a deleted workspace leaves the lists, and is still answered by its id; a purged one is gone", async () => {
        const { emulator } = site();
        const client = site().client();
        const organizationId = team();
        const id = emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" });
        await client.deleteWorkspace(id);
        await client.deleteWorkspace(id);

        await expect(client.listWorkspaces(organizationId)).resolves.toEqual([]);
        await expect(client.listWorkspacesV1(organizationId)).resolves.toEqual([]);
        await expect(client.getWorkspace(id)).resolves.toMatchObject({ id, instance: { phase: "STOPPED" } });
        await expect(client.startWorkspace(id)).rejects.toMatchObject({ code: "not_found" });

        emulator.outside.purge(id);
        await expect(client.getWorkspace(id)).rejects.toMatchObject({ code: "not_found" });
        await expect(client.deleteWorkspace(id)).rejects.toMatchObject({ code: "not_found" });
    });
});

const FOREVER_MS = 3_600_000;

describe("in each phase", () => {
    const durations = {
        preparing: FOREVER_MS,
        imageBuild: FOREVER_MS,
        pending: FOREVER_MS,
        creating: FOREVER_MS,
        initializing: FOREVER_MS,
        stopping: FOREVER_MS,
    };
    overEveryWire({ durations }, (site) => {
        test("the phase has the same name on both sides", async () => {
            const { emulator } = site();
            const client = site().client();
            const organizationId = emulator.addTeam("Acme").id;
            for (const phase of PHASES) {
                const id = emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase });
                expect((await client.getWorkspace(id)).instance?.phase).toBe(phase);
            }
        });
    });
});
