import { Emulator, type EmulatorOptions, type Phase } from "gitpod-emulator";
import {
    type Clients,
    clientsOf,
    codeOf,
    createWorkspace,
    pass,
    REPOSITORY,
    resumeTime,
    stopTime,
} from "./fixture";

const START_MS = 400;
const STOP_MS = 200;

let emulator: Emulator;
let clients: Clients;
let team: string;

async function begin(options: EmulatorOptions = {}): Promise<void> {
    emulator = await Emulator.start({ limits: false, ...options });
    clients = clientsOf(emulator);
    team = emulator.addTeam("Acme").id;
}

function view(id: string) {
    return emulator.workspaces().find((workspace) => workspace.id === id);
}

async function listed(): Promise<string[]> {
    const { result } = await clients.workspaces.listWorkspaces({});
    return result.map(({ workspaceId }) => workspaceId);
}

beforeEach(stopTime);

afterEach(async () => {
    resumeTime();
    await emulator.close();
});

describe("a start", () => {
    test("goes through all phases in order, and the version of the status grows", async () => {
        await begin();
        emulator.nextStart({ imageBuildMs: 100 });
        const id = await createWorkspace(clients, team);
        const seen: [Phase | undefined, bigint | undefined][] = [];
        for (let step = 0; step <= 5; step++) {
            const { result } = await clients.workspaces.getWorkspace({ workspaceId: id });
            seen.push([view(id)?.phase, result?.status?.instance?.status?.statusVersion]);
            pass(100);
        }
        expect(seen).toEqual([
            ["PREPARING", 0n],
            ["IMAGEBUILD", 1n],
            ["PENDING", 2n],
            ["CREATING", 3n],
            ["INITIALIZING", 4n],
            ["RUNNING", 5n],
        ]);
    });

    test("without durations still passes every phase, after the answer", async () => {
        await begin({ durations: { preparing: 0, pending: 0, creating: 0, initializing: 0 } });
        const id = await createWorkspace(clients, team);
        expect(view(id)?.phase).toBe("PREPARING");
        const phases: Phase[] = ["PENDING", "CREATING", "INITIALIZING", "RUNNING"];
        const seen: Phase[] = [];
        const all = phases.map((phase) => emulator.whenPhase(id, phase).then(() => seen.push(phase)));
        pass(10);
        await Promise.all(all);
        expect(seen).toEqual(phases);
    });

    test("can fail with a reason, in a given phase", async () => {
        await begin();
        emulator.nextStart({ fail: "no node is free", failAt: "PENDING" });
        const failing = await createWorkspace(clients, team);
        const fine = await createWorkspace(clients, team);
        pass(100);
        expect(view(failing)?.phase).toBe("PENDING");
        pass(START_MS);
        expect(view(failing)).toMatchObject({ phase: "STOPPED", failed: "no node is free" });
        expect(view(fine)?.phase).toBe("RUNNING");
    });

    test("fails in the image build if there is one", async () => {
        await begin();
        emulator.nextStart({ fail: "no such image", imageBuildMs: 50 });
        const id = await createWorkspace(clients, team);
        pass(100);
        expect(view(id)?.phase).toBe("IMAGEBUILD");
        pass(50);
        expect(view(id)).toMatchObject({ phase: "STOPPED", failed: "no such image" });
    });
});

describe("a stop", () => {
    test.each(["PREPARING", "IMAGEBUILD"] as const)("in %s is lost", async (phase) => {
        await begin();
        emulator.nextStart({ imageBuildMs: 100 });
        const id = await createWorkspace(clients, team);
        pass(phase === "PREPARING" ? 0 : 100);
        expect(view(id)?.phase).toBe(phase);
        await clients.workspaces.stopWorkspace({ workspaceId: id });
        pass(START_MS + 100 + STOP_MS);
        expect(view(id)?.phase).toBe("RUNNING");
    });

    test("in PREPARING is not lost on request", async () => {
        await begin({ lostStops: false });
        const id = await createWorkspace(clients, team);
        await clients.workspaces.stopWorkspace({ workspaceId: id });
        pass(STOP_MS);
        expect(view(id)?.phase).toBe("STOPPED");
    });

    test("while creating takes effect after the lag", async () => {
        await begin({ durations: { creating: 10_000 } });
        const id = await createWorkspace(clients, team);
        pass(200);
        expect(view(id)?.phase).toBe("CREATING");
        await clients.workspaces.stopWorkspace({ workspaceId: id });
        expect(view(id)?.phase).toBe("CREATING");
        pass(100);
        expect(view(id)?.phase).toBe("STOPPING");
        expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: id }))).toBe("ok");
        pass(100);
        expect(view(id)).toMatchObject({ phase: "STOPPED", instances: 1 });
        await clients.workspaces.startWorkspace({ workspaceId: id });
        expect(view(id)).toMatchObject({ phase: "PREPARING", instances: 2 });
    });

    test("of a workspace that was never started is fine, and so is its start", async () => {
        await begin();
        const id = await createWorkspace(clients, team);
        emulator.outside.removeInstance(id);
        const { result } = await clients.workspaces.stopWorkspace({ workspaceId: id });
        expect(result?.status).toBeDefined();
        expect(result?.status?.instance).toBeUndefined();
        await clients.workspaces.startWorkspace({ workspaceId: id });
        expect(view(id)?.instances).toBe(1);
    });
});

describe("a delete", () => {
    test("in PREPARING leaves a deleted workspace running", async () => {
        await begin();
        const id = await createWorkspace(clients, team);
        await clients.workspaces.deleteWorkspace({ workspaceId: id });
        pass(START_MS + STOP_MS);
        expect(view(id)).toMatchObject({ phase: "RUNNING", deleted: true });
        expect(await listed()).toEqual([]);
        expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: id }))).toBe("ok");
        await clients.workspaces.stopWorkspace({ workspaceId: id });
        pass(STOP_MS);
        expect(await codeOf(clients.workspaces.getWorkspace({ workspaceId: id }))).toBe("ok");
        expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: id }))).toBe("not_found");
    });
});

describe("the list", () => {
    test("has the running ones first, then the latest activity, and only the caller's own", async () => {
        await begin();
        const other = emulator.addUser("bob");
        const first = await createWorkspace(clients, team);
        const second = await createWorkspace(clients, team);
        pass(START_MS);
        await clients.workspaces.stopWorkspace({ workspaceId: first });
        pass(STOP_MS);
        const third = await createWorkspace(clients, team);
        emulator.outside.create({ contextUrl: REPOSITORY, organizationId: team, ownerId: other.id });
        expect(await listed()).toEqual([second, third, first]);
    });

    test("holds 20 by default and 100 at most, and has no second page", async () => {
        await begin();
        for (let count = 0; count < 101; count++) {
            emulator.outside.create({ contextUrl: REPOSITORY, organizationId: team, phase: "STOPPED" });
        }
        const sizeOf = async (pageSize: number, page = 0) =>
            (await clients.workspaces.listWorkspaces({ pagination: { pageSize, page } })).result.length;
        expect(await listed()).toHaveLength(20);
        expect(await sizeOf(0)).toBe(20);
        expect(await sizeOf(100, 2)).toBe(100);
        for (const size of [101, -1]) {
            expect(await codeOf(sizeOf(size))).toBe("invalid_argument");
        }
    });

    test("of v1 wants an organization, and counts in its own way", async () => {
        await begin();
        for (let count = 0; count < 60; count++) {
            emulator.outside.create({ contextUrl: REPOSITORY, organizationId: team, phase: "STOPPED" });
        }
        const list = (pagination?: { pageSize: number }) =>
            clients.workspacesV1.listWorkspaces({
                organizationId: team,
                ...(pagination === undefined ? {} : { pagination }),
            });
        expect((await list()).workspaces).toHaveLength(50);
        expect((await list({ pageSize: 0 })).workspaces).toHaveLength(10);
        expect((await list({ pageSize: 400 })).pagination?.total).toBe(60);
        expect(await codeOf(list({ pageSize: 401 }))).toBe("invalid_argument");
        expect(await codeOf(clients.workspacesV1.listWorkspaces({}))).toBe("invalid_argument");
    });
});

describe("the parallel limit", () => {
    test("counts what runs, over all organizations, but not what is PREPARING", async () => {
        await begin({ parallelLimit: 2 });
        const otherTeam = emulator.addTeam("Other").id;
        const first = await createWorkspace(clients, team);
        await createWorkspace(clients, otherTeam);
        const third = await createWorkspace(clients, team);
        pass(START_MS);
        expect(await codeOf(createWorkspace(clients, team))).toBe("invalid_argument");
        expect(emulator.workspaces()).toHaveLength(3);
        emulator.outside.stop(first);
        expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: first }))).toBe(
            "invalid_argument",
        );
        emulator.outside.stop(third);
        expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: first }))).toBe("ok");
    });
});

test("nothing is made where the class is unknown or the caller is no member", async () => {
    await begin();
    const bob = emulator.addUser("bob");
    const create = (token: string, workspaceClass: string) =>
        codeOf(
            clientsOf(emulator, token).workspaces.createAndStartWorkspace({
                source: { case: "contextUrl", value: REPOSITORY },
                organizationId: team,
                startSpec: { workspaceClass },
            }),
        );
    expect(await create(emulator.token, "huge")).toBe("failed_precondition");
    expect(await create(bob.token, "g1-large")).toBe("not_found");
    expect(emulator.workspaces()).toEqual([]);
});
