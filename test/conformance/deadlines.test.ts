import type { Fault } from "gitpod-emulator";
import { GitpodClient } from "../../provider/src/wire/client";
import { OwnServer } from "./own-server";
import { codeOf, FAST, failureOf, overEveryWire, REPOSITORY, USER_AGENT } from "./site";
import { LOCALHOST, WIRES } from "./wires";

/** Longer than any deadline. */
const LATE: Pick<Fault, "when"> & { kind: "delay"; ms: number } = {
    when: "before",
    kind: "delay",
    ms: 60_000,
};
const ATTEMPTS = 6;

overEveryWire({}, (site) => {
    test("a read that hangs is given up, and asked again", async () => {
        const { emulator } = site();
        emulator.fail({ rpc: "GetAuthenticatedUser", ...LATE });
        await expect(site().client({ clock: FAST }).whoAmI()).resolves.toMatchObject({ id: emulator.userId });
        expect(site().count("GetAuthenticatedUser")).toBeGreaterThanOrEqual(2);
    });

    test("a read that hangs each time ends", async () => {
        site().emulator.fail({ rpc: "GetAuthenticatedUser", times: ATTEMPTS, ...LATE });
        const failure = await failureOf(site().client({ clock: FAST }).whoAmI());
        expect(failure.code).toBe("deadline_exceeded");
        expect(failure.message).toContain("no answer came in time");
        // On a busy machine an attempt can be over before it has arrived.
        expect(site().count("GetAuthenticatedUser")).toBeGreaterThan(1);
        expect(site().count("GetAuthenticatedUser")).toBeLessThanOrEqual(ATTEMPTS);
    });

    test.each(["before", "after"] as const)(
        "a create that hangs %s its work is given up, and never sent again",
        async (when) => {
            const { emulator } = site();
            const organizationId = emulator.addTeam("Acme").id;
            const client = site().client({ clock: FAST });
            await client.whoAmI();
            emulator.fail({ rpc: "CreateAndStartWorkspace", ...LATE, when });
            const create = client.createWorkspace({ contextUrl: REPOSITORY, organizationId });
            expect(await codeOf(create)).toBe("deadline_exceeded");
            expect(site().count("CreateAndStartWorkspace")).toBe(1);
            expect(emulator.workspaces()).toHaveLength(when === "before" ? 0 : 1);
        },
    );

    test("a team, too", async () => {
        site().emulator.fail({ rpc: "CreateTeam", ...LATE, when: "after" });
        expect(await codeOf(site().client({ clock: FAST }).createTeam("Acme"))).toBe("deadline_exceeded");
        expect(site().count("CreateTeam")).toBe(1);
    });
});

describe.each(WIRES)("$name", (wire) => {
    test("an answer that drips is cut off by the deadline", async () => {
        const timers: NodeJS.Timeout[] = [];
        const server = await OwnServer.listen(wire, (_request, response) => {
            response.writeHead(200, { "Content-Type": "application/proto" });
            timers.push(setInterval(() => response.write("\n"), 20));
        });
        const endpoint = { url: server.url, token: "t", userAgent: USER_AGENT, ca: LOCALHOST.cert };
        const client = new GitpodClient(endpoint, FAST);
        const failure = await failureOf(client.createTeam("Acme"));
        expect(failure.code).toBe("deadline_exceeded");
        expect(timers).toHaveLength(1);

        for (const timer of timers) {
            clearInterval(timer);
        }
        client.close();
        await server.close();
    });
});
