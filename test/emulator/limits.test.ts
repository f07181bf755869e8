import { ConnectError } from "@connectrpc/connect";
import { Emulator, type EmulatorOptions } from "gitpod-emulator";
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

let emulator: Emulator;
let clients: Clients;
let team: string;

async function begin(limits: EmulatorOptions["limits"]): Promise<void> {
    emulator = await Emulator.start(limits === undefined ? {} : { limits });
    clients = clientsOf(emulator);
    team = emulator.addTeam("Acme").id;
}

/** Uses up 199 of the 200 points that most calls share: a list costs 1 and 2 for each team. */
async function spendAllButOne(): Promise<void> {
    const { id, token } = emulator.addUser("spender");
    for (let count = 0; count < 99; count++) {
        emulator.addTeam(`Team ${count}`, { owner: id });
    }
    clients = clientsOf(emulator, token);
    await clients.teams.listTeams({});
}

function stopped(ownerId = emulator.userId): string {
    return emulator.outside.create({
        contextUrl: REPOSITORY,
        organizationId: team,
        ownerId,
        phase: "STOPPED",
    });
}

beforeEach(stopTime);

afterEach(async () => {
    resumeTime();
    await emulator.close();
});

describe("creates and starts", () => {
    test("are three in ten seconds, each kind for itself", async () => {
        await begin(undefined);
        const ids = [stopped(), stopped(), stopped(), stopped()];
        const codes = async (call: (id: string) => Promise<unknown>) => {
            const answers = [];
            for (const id of ids) {
                answers.push(await codeOf(call(id)));
            }
            return answers;
        };
        const expected = ["ok", "ok", "ok", "resource_exhausted"];
        expect(await codes(() => createWorkspace(clients, team))).toEqual(expected);
        expect(await codes((workspaceId) => clients.workspaces.startWorkspace({ workspaceId }))).toEqual(
            expected,
        );
        expect(emulator.workspaces()).toHaveLength(7);
        pass(9_999);
        expect(await codeOf(createWorkspace(clients, team))).toBe("resource_exhausted");
        pass(1);
        expect(await codeOf(createWorkspace(clients, team))).toBe("ok");
    });

    test("come back sooner on a smaller scale, and are counted for each user", async () => {
        await begin({ timeScale: 0.01 });
        for (let count = 0; count < 3; count++) {
            await createWorkspace(clients, team);
        }
        expect(await codeOf(createWorkspace(clients, team))).toBe("resource_exhausted");
        const bob = emulator.addUser("bob");
        const bobs = emulator.addTeam("Bob's", { owner: bob.id }).id;
        expect(await codeOf(createWorkspace(clientsOf(emulator, bob.token), bobs))).toBe("ok");
        pass(100);
        expect(await codeOf(createWorkspace(clients, team))).toBe("ok");
    });

    test("that are refused by validation cost nothing", async () => {
        await begin(undefined);
        for (let count = 0; count < 4; count++) {
            expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: "nonsense" }))).toBe(
                "invalid_argument",
            );
        }
        expect(await codeOf(clients.workspaces.startWorkspace({ workspaceId: stopped() }))).toBe("ok");
    });
});

describe("the bucket that most calls share", () => {
    test("holds 200 points, and a list costs two for each team", async () => {
        await begin(undefined);
        await spendAllButOne();
        expect(await codeOf(clients.users.getAuthenticatedUser({}))).toBe("ok");
        const error = await clients.users.getAuthenticatedUser({}).catch(ConnectError.from);
        expect(error).toMatchObject({ rawMessage: "too many requests" });
        expect(ConnectError.from(error).metadata.get("Retry-After")).toBeNull();
        pass(60_000);
        expect(await codeOf(clients.users.getAuthenticatedUser({}))).toBe("ok");
    });

    test("can run dry after the work has been done: a team is made and the answer is an error", async () => {
        await begin(undefined);
        await spendAllButOne();
        expect(await codeOf(clients.teams.createTeam({ name: "Half made" }))).toBe("resource_exhausted");
        expect(emulator.teams().at(-1)).toMatchObject({ name: "Half made", deleted: false });
    });

    test("has nothing to do with creates", async () => {
        await begin(undefined);
        await spendAllButOne();
        await clients.users.getAuthenticatedUser({});
        const own = emulator.teams().at(-1)?.id ?? "";
        expect(await codeOf(createWorkspace(clients, own))).toBe("ok");
    });
});

describe("the v1 limiter", () => {
    test("allows 200 a minute for each method, and says how long to wait", async () => {
        await begin(undefined);
        const get = () => clients.organizations.getOrganization({ organizationId: team });
        await Promise.all(Array.from({ length: 200 }, get));
        const error = ConnectError.from(await get().catch(ConnectError.from));
        expect(error.metadata.get("Retry-After")).toBe("60");
        expect(error.metadata.get("X-RateLimit-Limit")).toBe("200");
        expect(error.metadata.get("X-RateLimit-Remaining")).toBe("0");
        expect(Date.parse(error.metadata.get("X-RateLimit-Reset") ?? "")).not.toBeNaN();
        expect(await codeOf(clients.organizations.listOrganizations({}))).toBe("ok");
        pass(60_000);
        expect(await codeOf(get())).toBe("ok");
    });
});

test("without limits nothing is counted", async () => {
    await begin(false);
    for (let count = 0; count < 5; count++) {
        expect(await codeOf(createWorkspace(clients, team))).toBe("ok");
    }
});
