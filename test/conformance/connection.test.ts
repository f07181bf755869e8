import { GitpodClient } from "../../provider/src/wire/client";
import { realClock } from "../../provider/src/wire/clock";
import { field, type OwnRequest, OwnServer } from "./own-server";
import { BRISK, overEveryWire, REPOSITORY, USER_AGENT } from "./site";
import { LOCALHOST, WIRES } from "./wires";

const TOKEN = "gitpod_pat_recorded.token";
const CALLS = 20;

/** A `GetAuthenticatedUserResponse`: the user is field 1, its id and name are its fields 1 and 2. */
const USER = field(1, Buffer.concat([field(1, "u-1"), field(2, "alice")]));

describe.each(WIRES)("$name", (wire) => {
    let heard: OwnRequest[];
    let server: OwnServer;
    let client: GitpodClient;

    beforeEach(async () => {
        heard = [];
        server = await OwnServer.listen(wire, (request, response) => {
            heard.push(request);
            response.writeHead(200, { "Content-Type": "application/proto" });
            response.end(USER);
        });
        // Nothing here says which version of HTTP to speak.
        client = new GitpodClient(
            { url: server.url, token: TOKEN, userAgent: USER_AGENT, ca: LOCALHOST.cert },
            realClock(),
        );
    });

    afterEach(async () => {
        client.close();
        await server.close();
    });

    test("the version of HTTP is the one that the server prefers", async () => {
        await expect(client.whoAmI()).resolves.toEqual({ id: "u-1", name: "alice" });
        expect(heard.map((request) => request.httpVersion)).toEqual([
            wire.httpVersion === "2" ? "2.0" : "1.1",
        ]);
    });

    test("each call carries the token, our name, and no Origin or Cookie", async () => {
        await client.whoAmI();
        await client.whoAmI();
        expect(heard).toHaveLength(2);
        for (const { method, url, headers } of heard) {
            expect({ method, url }).toEqual({
                method: "POST",
                url: "/gitpod.experimental.v1.UserService/GetAuthenticatedUser",
            });
            expect(headers["authorization"]).toBe(`Bearer ${TOKEN}`);
            expect(headers["user-agent"]).toBe(USER_AGENT);
            expect(headers["content-type"]).toBe("application/proto");
            expect(headers["connect-protocol-version"]).toBe("1");
            expect(Number(headers["connect-timeout-ms"])).toBe(30_000);
            expect(headers).not.toHaveProperty("origin");
            expect(headers).not.toHaveProperty("cookie");
        }
    });

    // Over TLS a first connection asks for the version, and carries no call.
    const probes = wire.isEncrypted ? 1 : 0;

    test("calls one after the other share one connection", async () => {
        for (let call = 0; call < CALLS; call++) {
            await client.whoAmI();
        }
        expect(heard).toHaveLength(CALLS);
        expect(server.connections).toBe(probes + 1);
    });

    test("calls at once take one connection over HTTP/2, and the version is asked for once", async () => {
        await Promise.all(Array.from({ length: CALLS }, () => client.whoAmI()));
        expect(heard).toHaveLength(CALLS);
        // HTTP/1.1 carries one call at a time on each.
        expect(server.connections).toBe(probes + (wire.httpVersion === "2" ? 1 : CALLS));
    });

    test("the path of the API's address stays before that of each call", async () => {
        const behindPath = new GitpodClient(
            {
                url: new URL("/public-api/", server.url),
                token: TOKEN,
                userAgent: USER_AGENT,
                ca: LOCALHOST.cert,
            },
            realClock(),
        );
        await behindPath.whoAmI();
        behindPath.close();
        expect(heard[0]?.url).toBe("/public-api/gitpod.experimental.v1.UserService/GetAuthenticatedUser");
    });

    test("close ends the connection", async () => {
        await client.whoAmI();
        client.close();
        await server.whenIdle();
    });
});

overEveryWire({}, (site) => {
    test("a client goes on when the installation has been away", async () => {
        const { relay } = site();
        const client = site().client({ clock: BRISK });
        const { id } = await client.whoAmI();
        await relay.close();
        await relay.listen();
        await expect(client.whoAmI()).resolves.toMatchObject({ id });
    });

    test("a create is sent again while no connection is made, and once when it is", async () => {
        const { emulator, relay } = site();
        const organizationId = emulator.addTeam("Acme").id;
        await relay.close();
        let attempts = 0;
        let back: Promise<void> | undefined;
        const beforeStart = (): void => {
            attempts += 1;
            if (attempts === 3) {
                back = relay.listen();
            }
        };
        const client = site().client({ clock: BRISK, beforeStart });
        const id = await client.createWorkspace({ contextUrl: REPOSITORY, organizationId });
        await back;
        expect(attempts).toBeGreaterThanOrEqual(3);
        expect(emulator.workspaces().map((workspace) => workspace.id)).toEqual([id]);
        expect(site().count("CreateAndStartWorkspace")).toBe(1);
    });

    test("nothing listens there", async () => {
        await site().relay.close();
        await expect(site().client({ clock: BRISK }).whoAmI()).rejects.toMatchObject({
            code: "unavailable",
            neverSent: true,
            message: expect.stringContaining("nothing listens at the API's address"),
        });
    });
});
