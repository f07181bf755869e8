import type { Runtime } from "../../../provider/src/plugin/runtime";
import { Observer } from "../../../provider/src/wire/observer";
import { FakeClient, ORG } from "./fake-client";
import { FakeClock } from "./fake-clock";

/** A runtime over a fake client and a fake clock, and the lines that it logged. */
export interface FakeRuntime extends Runtime {
    client: FakeClient;
    clock: FakeClock;
    lines: string[];
}

export function fakeRuntime(): FakeRuntime {
    const clock = new FakeClock();
    const client = new FakeClient(clock);
    const lines: string[] = [];
    const config = {
        token: "secret-token",
        apiUrl: new URL("https://api.gitpod.io/"),
        organizationId: ORG,
        timeScale: 1,
    };
    const observer = new Observer(client, clock);
    return { config, client, observer, clock, held: new Set(), lines, log: (line) => void lines.push(line) };
}
