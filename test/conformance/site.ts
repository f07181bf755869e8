import { Emulator, type EmulatorOptions } from "gitpod-emulator";
import { GitpodClient } from "../../provider/src/wire/client";
import { type Clock, realClock } from "../../provider/src/wire/clock";
import { type ErrorCode, GitpodError } from "../../provider/src/wire/error";
import type { Endpoint } from "../../provider/src/wire/transport";
import { Relay } from "./relay";
import { LOCALHOST, WIRES, type Wire } from "./wires";

// Nothing here depends on how long it takes, and machines can be busy.
jest.setTimeout(60_000);

export const REPOSITORY = "https://github.com/acme/shop";
export const USER_AGENT = "pulumi-gitpod-conformance/1.0";

const SHORTEST_DEADLINE_MS = 15_000;

/**
 * A hundred times as fast, for pauses and deadlines that a test has to sit out: 0.3 s for a read, 1.2 s for a
 * create. Where nothing is to be sat out the real clock keeps a busy machine from missing a deadline.
 */
export const FAST = realClock(0.01);
/** The same clock with deadlines out of reach, however busy the machine: for tests that count attempts. */
export function patient(clock: Clock): Clock {
    return { ...clock, real: (ms) => (ms >= SHORTEST_DEADLINE_MS ? ms : clock.real(ms)) };
}

export const BRISK = patient(FAST);

export interface ClientOptions {
    token?: string;
    clock?: Clock;
    beforeStart?: () => void;
}

/** An installation and those who call it. */
export class Site {
    readonly #clients: GitpodClient[] = [];

    private constructor(
        readonly emulator: Emulator,
        /** Stands before the emulator. */
        readonly relay: Relay,
        private readonly wire: Wire,
    ) {}

    static async start(wire: Wire, options: EmulatorOptions): Promise<Site> {
        const { isEncrypted, httpVersion } = wire;
        const tls = isEncrypted && httpVersion === "2" ? { tls: LOCALHOST } : {};
        const emulator = await Emulator.start({ limits: false, ...options, ...tls });
        const port = Number(new URL(emulator.url).port);
        // The emulator prefers HTTP/2 wherever it speaks TLS; for the other case the relay does the TLS.
        const relay =
            isEncrypted && httpVersion === "1.1"
                ? new Relay(port, { ...LOCALHOST, ALPNProtocols: ["http/1.1"] })
                : new Relay(port);
        await relay.listen();
        return new Site(emulator, relay, wire);
    }

    endpoint(token = this.emulator.token): Endpoint {
        const { isEncrypted } = this.wire;
        const authority = `${isEncrypted ? "https://localhost" : "http://127.0.0.1"}:${this.relay.port}`;
        return {
            url: new URL(authority),
            token,
            userAgent: USER_AGENT,
            ...(isEncrypted ? { ca: LOCALHOST.cert } : {}),
        };
    }

    client({ token, clock = realClock(), beforeStart }: ClientOptions = {}): GitpodClient {
        const client = new GitpodClient(this.endpoint(token), clock, beforeStart);
        this.#clients.push(client);
        return client;
    }

    /** How often an RPC was called, by its name or by service and name. */
    count(rpc: string): number {
        return this.emulator.calls.filter((call) => `${call.service}/${call.rpc}`.endsWith(rpc)).length;
    }

    async close(): Promise<void> {
        for (const client of this.#clients) {
            client.close();
        }
        await this.relay.close();
        await this.emulator.close();
    }
}

/** The same tests over each wire, each test at a site of its own. */
export function overEveryWire(options: EmulatorOptions, tests: (site: () => Site) => void): void {
    describe.each(WIRES)("$name", (wire) => {
        let current: Site | undefined;
        beforeEach(async () => {
            current = await Site.start(wire, options);
        });
        afterEach(async () => {
            await current?.close();
            current = undefined;
        });
        tests(() => {
            if (current === undefined) {
                throw new Error("a site is there only while a test runs");
            }
            return current;
        });
    });
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<GitpodError> {
    try {
        await call;
    } catch (error) {
        if (error instanceof GitpodError) {
            return error;
        }
        throw error;
    }
    throw new Error("the call succeeded");
}

/** What a call came to. */
export async function codeOf(call: Promise<unknown>): Promise<ErrorCode | "ok"> {
    try {
        await call;
        return "ok";
    } catch (error) {
        if (error instanceof GitpodError) {
            return error.code;
        }
        throw error;
    }
}
