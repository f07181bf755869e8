import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
    ListWorkspacesResponseSchema,
    type WorkspaceInstanceSchema,
    type WorkspaceSchema,
} from "../../emulator/src/gen/gitpod/experimental/v1/workspaces_pb";
import { GitpodClient } from "../../provider/src/wire/client";
import type { Workspace } from "../../provider/src/wire/domain";
import { field, OwnServer } from "./own-server";
import { BRISK, codeOf, REPOSITORY, USER_AGENT } from "./site";
import { LOCALHOST, WIRES } from "./wires";

// Answers that are well formed, from a server that is newer, older or wrong.

type Init = MessageInitShape<typeof WorkspaceSchema>;

const PLAIN = {
    workspaceId: "w",
    ownerId: "ada",
    context: { contextUrl: REPOSITORY },
    status: { instance: { instanceId: "run-1", status: { phase: 6 } } },
} satisfies Init;
/** Fields of numbers that no version of the contract has. */
const LATER = Buffer.concat([field(15, "a later field"), field(14, field(1, "with a field of its own"))]);
const SECONDS_OF_NO_CALENDAR = 9_000_000_000_000_000n;

const NOBODY_KNOWS: number = 99;
const BELOW_ALL: number = -7;

function instance(rest: MessageInitShape<typeof WorkspaceInstanceSchema>): Init {
    return { ...PLAIN, status: { instance: { ...rest, instanceId: "run-1" } } };
}

describe.each(WIRES)("$name", (wire) => {
    /** What our client makes of a list that was answered so. */
    async function listed<T>(
        answer: Uint8Array,
        use: (list: Promise<Workspace[]>) => Promise<T>,
    ): Promise<T> {
        const server = await OwnServer.listen(wire, (_request, response) => {
            response.writeHead(200, { "Content-Type": "application/proto" });
            response.end(answer);
        });
        const endpoint = { url: server.url, token: "t", userAgent: USER_AGENT, ca: LOCALHOST.cert };
        const client = new GitpodClient(endpoint, BRISK);
        try {
            return await use(client.listWorkspaces(undefined));
        } finally {
            client.close();
            await server.close();
        }
    }
    const bytes = (...result: Init[]): Uint8Array =>
        toBinary(ListWorkspacesResponseSchema, create(ListWorkspacesResponseSchema, { result }));

    test.each<[string, Init, object | undefined]>([
        [
            "a phase that nobody knows",
            instance({ status: { phase: NOBODY_KNOWS } }),
            { phase: "UNSPECIFIED" },
        ],
        ["a phase below all", instance({ status: { phase: BELOW_ALL } }), { phase: "UNSPECIFIED" }],
        ["no instance", { ...PLAIN, status: {} }, undefined],
        ["no status", { ...PLAIN, status: undefined }, undefined],
        [
            "kinds of ports that nobody knows",
            instance({
                status: { phase: 6, ports: [{ port: 80n, policy: NOBODY_KNOWS, protocol: NOBODY_KNOWS }] },
            }),
            { ports: [{ port: 80, policy: "private", protocol: "http" }] },
        ],
    ])("%s is understood as far as it goes", async (_, workspace, expected) => {
        const [seen] = await listed(bytes(workspace), (list) => list);
        expect(seen?.id).toBe("w");
        if (expected === undefined) {
            expect(seen).not.toHaveProperty("instance");
        } else {
            expect(seen?.instance).toMatchObject(expected);
        }
    });

    test.each([SECONDS_OF_NO_CALENDAR, -SECONDS_OF_NO_CALENDAR])(
        "a time of no calendar (%s) is left out",
        async (seconds) => {
            const odd = instance({ createdAt: { seconds, nanos: 0 }, status: { phase: 6 } });
            const [seen] = await listed(bytes(odd), (list) => list);
            expect(seen?.instance).toMatchObject({ phase: "RUNNING" });
            expect(seen?.instance).not.toHaveProperty("createdAt");
        },
    );

    test("fields that a later version adds are passed over", async () => {
        const seen = await listed(Buffer.concat([bytes(PLAIN), LATER]), (list) => list);
        expect(seen.map(({ id }) => id)).toEqual(["w"]);
    });

    test.each<[string, Init]>([
        ["without an id", { ...PLAIN, workspaceId: "" }],
        ["without an owner", { ...PLAIN, ownerId: "" }],
        ["whose instance has no id", { ...PLAIN, status: { instance: { status: { phase: 6 } } } }],
        ["whose instance has no status", instance({ status: undefined })],
        ["that is empty", {}],
    ])("one workspace %s fails the whole list: it would be absent otherwise", async (_, odd) => {
        expect(await listed(bytes(PLAIN, odd, PLAIN), codeOf)).toBe("data_loss");
    });
});
