import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { worldOf } from "./example";
import type { World } from "./fixture";

// The example of an owner token that another provider gets. That none is in clear anywhere is what `World.close` looks for.

const API_TOKEN = "gitpod_pat_owner.0123456789012345678901234567890123456789";

interface Put {
    to: string;
    token: unknown;
    content: unknown;
}

let service: Server;
let puts: Put[];
/** How often the service does not answer, as if it were not up yet. */
let notYet: number;
let world: World;

beforeEach(async () => {
    puts = [];
    notYet = 0;
    service = createServer(async (request, response) => {
        const content: unknown = JSON.parse(await text(request));
        if (notYet > 0) {
            notYet--;
            response.writeHead(404).end();
            return;
        }
        const { "x-forwarded-host": host, "x-gitpod-owner-token": token } = request.headers;
        puts.push({ to: `${request.method} ${host}${request.url}`, token, content });
        response.end();
    });
    service.listen(0, "127.0.0.1");
    await once(service, "listening");
    const { port } = service.address() as AddressInfo;
    world = await worldOf(
        "owner-token",
        {},
        {
            emulator: { token: API_TOKEN },
            // The look-up runs in the process of the program.
            config: { "gitpod:token": { value: API_TOKEN, secret: true } },
            env: {
                NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "../data/port-relay.cjs"))}`,
                PORT_RELAY: `http://127.0.0.1:${port}`,
            },
        },
    );
});
afterEach(async () => {
    await world.close();
    service.close();
});

test("owner-token: in a preview without the workspace nothing is asked for, and nothing uploaded", async () => {
    expect((await world.stack.preview()).changes).toEqual({ create: 3 });
    expect(world.emulator.calls).toEqual([]);
    expect(puts).toEqual([]);
});

test("owner-token: another provider gets the owner token, as a secret, and each start brings it another", async () => {
    notYet = 1;
    await world.stack.up();
    const first = { to: `PUT 8080-${world.only().id}.ws.gitpod.test/prices`, content: { tea: 3, coffee: 4 } };
    expect(puts).toEqual([{ ...first, token: expect.any(String) }]);
    const { inputs, outputs } = (await world.stack.resource("prices")) ?? {};
    for (const kept of [inputs, outputs]) {
        expect(kept?.["token"]).toEqual(expect.objectContaining({ ciphertext: expect.any(String) }));
    }

    world.emulator.outside.timeOut(world.only().id);
    await world.stack.refresh();
    const { events } = await world.stack.preview();
    const planned = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
    expect(planned.find(({ urn }) => urn.endsWith("::prices"))?.diffs).toContain("token");
    expect(puts).toHaveLength(1);

    await world.stack.up();
    expect(puts).toEqual([first, first].map((put) => expect.objectContaining(put)));
    const tokens = puts.map(({ token }) => token);
    expect(new Set(tokens).size).toBe(2);
    expect(world.emulator.secrets()).toEqual(expect.arrayContaining(tokens));
});
