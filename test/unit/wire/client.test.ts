import { GitpodClient } from "../../../provider/src/wire/client";
import { ORG, SHOP } from "../support/fake-client";
import { FakeClock } from "../support/fake-clock";

const ENDED = new Error("the engine has ended");

test.each<[string, (client: GitpodClient) => Promise<unknown>]>([
    ["create", (client) => client.createWorkspace({ contextUrl: SHOP, organizationId: ORG })],
    ["start", (client) => client.startWorkspace("acme-shop-k3j9x0q2ab1")],
])("a %s that must not be sent fails with the reason, which is no failed call", async (_, send) => {
    const clock = new FakeClock();
    const endpoint = { url: new URL("http://127.0.0.1:1"), token: "t", userAgent: "test" };
    const client = new GitpodClient(endpoint, clock, () => {
        throw ENDED;
    });
    await expect(clock.until(send(client))).rejects.toBe(ENDED);
});
