import { GitpodClient } from "../../provider/src/wire/client";
import { type Clock, realClock } from "../../provider/src/wire/clock";
import { FAST, overEveryWire, patient, REPOSITORY, type Site } from "./site";

/** The client's time, ten times as fast: a window of 10 s is one second. */
const SCALE = 0.1;
const CLOCK = patient(realClock(SCALE));
/** The server's windows are a little shorter still, so that a busy machine does not decide who is late. */
const LIMITS = { timeScale: SCALE * 0.8 };

/** What the calls of an RPC came to, in order. */
function codes({ emulator }: Site, rpc: string): (string | undefined)[] {
    return emulator.calls.filter((call) => call.rpc === rpc).map((call) => call.code);
}

describe("the limits of creates and starts", () => {
    overEveryWire({ limits: LIMITS }, (site) => {
        test("five creates at once meet no limit", async () => {
            const { emulator } = site();
            const client = site().client({ clock: CLOCK });
            const organizationId = emulator.addTeam("Acme").id;
            await client.whoAmI();
            await Promise.all(
                Array.from({ length: 5 }, () =>
                    client.createWorkspace({ contextUrl: REPOSITORY, organizationId }),
                ),
            );
            expect(codes(site(), "CreateAndStartWorkspace")).toEqual(Array(5).fill(undefined));
            expect(emulator.workspaces()).toHaveLength(5);
        });

        test("five starts at once meet no limit", async () => {
            const { emulator } = site();
            const client = site().client({ clock: CLOCK });
            const organizationId = emulator.addTeam("Acme").id;
            const ids = Array.from({ length: 5 }, () =>
                emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" }),
            );
            await client.whoAmI();
            await Promise.all(ids.map((id) => client.startWorkspace(id)));
            expect(codes(site(), "StartWorkspace")).toEqual(Array(5).fill(undefined));
            expect(emulator.workspaces().map(({ instances }) => instances)).toEqual(Array(5).fill(2));
        });
    });

    // Here the windows are as long as the client takes them for: it must not come back before they are over.
    overEveryWire({ limits: { timeScale: SCALE } }, (site) => {
        test("a create that meets what others have used up waits, and is made once", async () => {
            const { emulator } = site();
            const organizationId = emulator.addTeam("Acme").id;
            const request = { contextUrl: REPOSITORY, organizationId };
            const other = site().client({ clock: CLOCK });
            const client = site().client({ clock: CLOCK });
            await Promise.all([other.whoAmI(), client.whoAmI()]);
            await Promise.all([1, 2, 3].map(() => other.createWorkspace(request)));

            const id = await client.createWorkspace(request);
            const answers = codes(site(), "CreateAndStartWorkspace");
            expect(answers).toEqual([undefined, undefined, undefined, "resource_exhausted", undefined]);
            expect(emulator.workspaces()).toHaveLength(4);
            expect(emulator.workspaces().at(-1)?.id).toBe(id);
        });
    });
});

describe("the limits of everything else", () => {
    /** A window of a minute is three seconds: long enough to be used up on any machine. */
    const scale = 0.05;
    const CALLS = 202;

    overEveryWire({ limits: { timeScale: scale * 0.8 } }, (site) => {
        test("more calls than the 200 that experimental calls share meet no limit", async () => {
            const client = site().client({ clock: patient(realClock(scale)) });
            await Promise.all(Array.from({ length: CALLS }, () => client.whoAmI()));
            expect(codes(site(), "GetAuthenticatedUser")).toEqual(Array(CALLS).fill(undefined));
        });
    });

    overEveryWire({ limits: { timeScale: scale } }, (site) => {
        test.each([
            ["the 200 calls that experimental calls share", "GetAuthenticatedUser", CALLS / 2],
            ["the 200 calls of a gitpod.v1 method", "GetOrganization", CALLS],
        ] as const)("%s: the next one is made when there is room again", async (_name, rpc, each) => {
            const { id } = site().emulator.addTeam("Acme");
            // Two programs of one user: each paces its own calls, and knows nothing of the other's.
            const clients = Array.from({ length: CALLS / each }, () =>
                site().client({ clock: patient(realClock(scale)) }),
            );
            const calls = clients.flatMap((client) =>
                Array.from({ length: each }, () =>
                    rpc === "GetOrganization" ? client.getOrganization(id) : client.whoAmI(),
                ),
            );
            await Promise.all(calls);

            const answers = codes(site(), rpc);
            expect(answers.filter((code) => code === undefined)).toHaveLength(CALLS);
            expect(answers).toContain("resource_exhausted");
            expect(new Set(answers)).toEqual(new Set([undefined, "resource_exhausted"]));
        });
    });
});

overEveryWire({}, (site) => {
    test("how long the server asks to wait is how long it waits", async () => {
        const { emulator } = site();
        // A clock that writes down what is asked of it.
        const asked: number[] = [];
        const clock: Clock = {
            ...FAST,
            real: (ms) => {
                asked.push(ms);
                return ms > 12_000 ? ms : FAST.real(ms);
            },
        };
        const { id } = emulator.addTeam("Acme");
        emulator.fail({
            rpc: "GetOrganization",
            when: "before",
            kind: "http",
            status: 429,
            contentType: "application/json",
            body: JSON.stringify({ code: "resource_exhausted", message: "rate limit exceeded" }),
            headers: { "Retry-After": "11.5" },
        });
        const client = new GitpodClient(site().endpoint(), clock);
        await client.getOrganization(id);
        client.close();
        expect(asked).toContain(11_500);
        expect(site().count("GetOrganization")).toBe(2);
    });
});
