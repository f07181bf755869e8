import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Transport } from "@connectrpc/connect";
import {
    createConnectTransport,
    createGrpcTransport,
    createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { Emulator, type Phase } from "gitpod-emulator";
import { WorkspaceInstanceStatus_Phase } from "../../emulator/src/gen/gitpod/experimental/v1/workspaces_pb";
import { bearer, clientsOf, clientsOver, codeOf, createWorkspace } from "./fixture";
import { connectJson } from "./http-client";

const tls = {
    key: readFileSync(join(__dirname, "../data/localhost.key.pem"), "utf8"),
    cert: readFileSync(join(__dirname, "../data/localhost.cert.pem"), "utf8"),
};

interface Way {
    name: string;
    isEncrypted: boolean;
    transport: (options: { baseUrl: string; httpVersion: "1.1" | "2" }) => Transport;
    httpVersion: "1.1" | "2";
}

function transportOf(way: Way, emulator: Emulator): Transport {
    const options = {
        baseUrl: emulator.url,
        httpVersion: way.httpVersion,
        interceptors: [bearer(emulator.token)],
        ...(way.isEncrypted ? { nodeOptions: { ca: tls.cert } } : {}),
    };
    return way.transport(options);
}

const kinds: [string, Way["transport"]][] = [
    ["Connect, JSON", (options) => createConnectTransport({ ...options, useBinaryFormat: false })],
    ["Connect, binary", (options) => createConnectTransport(options)],
    ["gRPC-web", createGrpcWebTransport],
];

const ways: Way[] = [
    ...kinds.flatMap(([kind, transport]): Way[] => [
        { name: `${kind} over HTTP/1.1`, isEncrypted: false, transport, httpVersion: "1.1" },
        { name: `${kind} over TLS and HTTP/1.1`, isEncrypted: true, transport, httpVersion: "1.1" },
        { name: `${kind} over TLS and HTTP/2`, isEncrypted: true, transport, httpVersion: "2" },
    ]),
    // This client speaks gRPC over HTTP/2 only, which like the real server needs TLS.
    { name: "gRPC over TLS and HTTP/2", isEncrypted: true, transport: createGrpcTransport, httpVersion: "2" },
];

/** The call's handler has run as far as it can. */
function immediately(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
}

const NO_DURATIONS = { preparing: 0, pending: 0, creating: 0, initializing: 0 };

describe.each(ways)("$name", (way) => {
    let emulator: Emulator;
    let transport: Transport;

    beforeEach(async () => {
        emulator = await Emulator.start({
            limits: false,
            durations: NO_DURATIONS,
            ...(way.isEncrypted ? { tls } : {}),
        });
        transport = transportOf(way, emulator);
    });

    afterEach(() => emulator.close());

    test("answers, refuses, streams and drops", async () => {
        const clients = clientsOver(transport);
        const { team } = await clients.teams.createTeam({ name: "Acme" });
        expect(await codeOf(clients.teams.getTeam({ teamId: "nonsense" }))).toBe("invalid_argument");
        expect(await codeOf(createWorkspace(clients, team?.id ?? "", "nonsense"))).toBe("invalid_argument");

        const workspaceId = await createWorkspace(clients, team?.id ?? "");
        await emulator.whenPhase(workspaceId, "RUNNING");
        const opened = emulator.nextCall("StreamWorkspaceStatus");
        const changed = opened.then(immediately).then(() => emulator.outside.interrupt(workspaceId));
        for await (const { result } of clients.workspaces.streamWorkspaceStatus({ workspaceId })) {
            expect(result?.instance?.status?.phase).toBe(WorkspaceInstanceStatus_Phase.INTERRUPTED);
            break;
        }
        await changed;

        emulator.fail({ rpc: "DeleteTeam", when: "after", kind: "drop" });
        expect(await codeOf(clients.teams.deleteTeam({ teamId: team?.id ?? "" }))).not.toBe("ok");
        expect(emulator.teams()).toMatchObject([{ deleted: true }]);
        expect(await codeOf(clients.teams.listTeams({}))).toBe("ok");

        const { startSpec: _, ...crash } = { organizationId: team?.id ?? "", startSpec: {} };
        expect(await codeOf(clients.workspaces.createAndStartWorkspace(crash))).toBe("unknown");
    });
});

describe("the stream of a workspace's status", () => {
    test("wants an instance, begins with a change, and outlives the stop", async () => {
        const emulator = await Emulator.start({ limits: false });
        const clients = clientsOf(emulator);
        const organizationId = emulator.addTeam("Acme").id;
        const contextUrl = "https://github.com/acme/shop";
        const workspaceId = emulator.outside.create({ contextUrl, organizationId, phase: "RUNNING" });
        const opened = emulator.nextCall("StreamWorkspaceStatus");
        const giveUp = new AbortController();
        const stream = clients.workspaces.streamWorkspaceStatus({ workspaceId }, { signal: giveUp.signal });
        const statuses = stream[Symbol.asyncIterator]();
        const first = statuses.next();
        await opened;
        await immediately();
        const phases: Phase[] = [];
        emulator.outside.interrupt(workspaceId);
        emulator.outside.stop(workspaceId);
        for (const next of [first, statuses.next()]) {
            const phase = (await next).value?.result?.instance?.status?.phase ?? 0;
            phases.push(WorkspaceInstanceStatus_Phase[phase] as Phase);
        }
        expect(phases).toEqual(["INTERRUPTED", "STOPPED"]);
        emulator.outside.start(workspaceId);
        expect((await statuses.next()).done).toBe(false);
        giveUp.abort();
        expect(await codeOf(statuses.next())).toBe("canceled");

        emulator.outside.removeInstance(workspaceId);
        const empty = clients.workspaces.streamWorkspaceStatus({ workspaceId });
        expect(await codeOf(empty[Symbol.asyncIterator]().next())).toBe("failed_precondition");
        await emulator.close();
    });
});

test("several emulators know nothing of each other", async () => {
    const [one, two] = await Promise.all([Emulator.start(), Emulator.start({ token: "a-token-of-my-own" })]);
    one.addTeam("Acme");
    expect(one.url).not.toBe(two.url);
    expect(two.token).toBe("a-token-of-my-own");
    expect(one.token).toMatch(/^gitpod_pat_[\w-]{43}\.[0-9A-Za-z]{40}$/);
    expect((await clientsOf(two).teams.listTeams({})).teams).toEqual([]);
    expect(await codeOf(clientsOf(two, one.token).teams.listTeams({}))).toBe("unauthenticated");
    await Promise.all([one.close(), two.close()]);
});

test("a closed emulator takes its connections with it", async () => {
    const emulator = await Emulator.start();
    emulator.fail({ rpc: "ListTeams", when: "before", kind: "delay", ms: Number.POSITIVE_INFINITY });
    const arrived = emulator.nextCall("ListTeams");
    const call = connectJson(emulator.url, "gitpod.experimental.v1.TeamsService/ListTeams", {});
    const cut = expect(call).rejects.toMatchObject({ code: "ECONNRESET" });
    await arrived;
    await emulator.close();
    await cut;
});
