import { type AddressInfo, createServer, type Socket } from "node:net";
import { GitpodClient } from "../../provider/src/wire/client";
import { OwnServer } from "./own-server";
import { BRISK, FAST, failureOf, overEveryWire, REPOSITORY, USER_AGENT } from "./site";
import { ELSEWHERE, EXPIRED, LOCALHOST, WIRES } from "./wires";

const ENCRYPTED = WIRES.filter((wire) => wire.isEncrypted);

describe.each(ENCRYPTED)("$name", (wire) => {
    test.each([
        ["of another host", ELSEWHERE, ELSEWHERE.cert, "belongs to another host"],
        ["that has expired", EXPIRED, EXPIRED.cert, "has expired"],
        ["of an unknown authority", LOCALHOST, undefined, "NODE_EXTRA_CA_CERTS"],
    ])("a certificate %s", async (_name, certificate, ca, advice) => {
        let calls = 0;
        const server = await OwnServer.listen(
            wire,
            (_request, response) => {
                calls += 1;
                response.end();
            },
            certificate,
        );
        const endpoint = { url: server.url, token: "t", userAgent: USER_AGENT };
        const client = new GitpodClient(ca === undefined ? endpoint : { ...endpoint, ca }, BRISK);
        const error = await failureOf(client.whoAmI());
        expect(error).toMatchObject({ code: "unavailable", neverSent: true });
        expect(error.advice).toContain(advice);
        expect(error.message).toContain("no TLS connection");
        // Nobody saw the token.
        expect(calls).toBe(0);
        client.close();
        await server.close();
    });
});

describe("a server that does not speak TLS", () => {
    async function failureAgainst(answer: (socket: Socket) => void) {
        const sockets: Socket[] = [];
        const server = createServer((socket) => {
            sockets.push(socket);
            // What comes of it is the client's to tell.
            socket.on("error", () => socket.destroy());
            answer(socket);
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const endpoint = { url: new URL(`https://localhost:${port}`), token: "t", userAgent: USER_AGENT };
        const client = new GitpodClient(endpoint, FAST);
        const error = await failureOf(client.whoAmI());
        client.close();
        for (const socket of sockets) {
            socket.destroy();
        }
        await new Promise((resolve) => server.close(resolve));
        return error;
    }

    test("but HTTP in clear text", async () => {
        const error = await failureAgainst((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
        expect(error).toMatchObject({ code: "unavailable", neverSent: true });
        expect(error.message).toContain("no TLS connection");
    });

    test("nor anything else", async () => {
        const error = await failureAgainst(() => undefined);
        expect(error).toMatchObject({ code: "unavailable", neverSent: true });
        expect(error.message).toContain("the handshake took too long");
    });
});

test("an IPv6 address is no name to look up", async () => {
    // Port 9 discards what is sent to it, where anybody listens at all.
    const client = new GitpodClient(
        { url: new URL("https://[::1]:9"), token: "t", userAgent: USER_AGENT },
        FAST,
    );
    const error = await failureOf(client.whoAmI());
    client.close();
    expect(error).toMatchObject({ code: "unavailable", neverSent: true });
    expect(error.message).not.toContain("ENOTFOUND");
});

overEveryWire({}, (site) => {
    test("a create is sent again when the connection broke before it was made", async () => {
        const { emulator, relay } = site();
        const organizationId = emulator.addTeam("Acme").id;
        const client = site().client({ clock: BRISK });
        // In clear text there is nothing between the connection and the call, so there it counts as sent.
        const isEncrypted = site().endpoint().url.protocol === "https:";
        relay.cutNext(isEncrypted ? 2 : 0);
        const id = await client.createWorkspace({ contextUrl: REPOSITORY, organizationId });
        expect(emulator.workspaces().map((workspace) => workspace.id)).toEqual([id]);
        expect(site().count("CreateAndStartWorkspace")).toBe(1);
    });
});
