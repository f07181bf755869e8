import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { isIP } from "node:net";
import * as tls from "node:tls";
import { Code, ConnectError, type Interceptor, type Transport } from "@connectrpc/connect";
import { createConnectTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { NotConnected } from "./error";

/** Where the API is and how to speak to it. */
export interface Endpoint {
    /** `https`, or `http` for loopback. */
    url: URL;
    token: string;
    userAgent: string;
    /** How long an HTTP/2 connection without a call stays open, and with it the process, in milliseconds. */
    idleMs?: number;
    /** Certificate authorities besides those that Node.js trusts. */
    ca?: string;
}

/** More than the largest list that the server can send; an answer over it is not from our server. */
const READ_MAX_BYTES = 32 * 1024 * 1024;

/** How long a TLS handshake may take, in milliseconds. */
export const HANDSHAKE_MS = 15_000;

function authenticate(token: string, userAgent: string): Interceptor {
    return (next) => (request) => {
        request.header.set("Authorization", `Bearer ${token}`);
        request.header.set("User-Agent", userAgent);
        return next(request);
    };
}

/** Asks a TLS server which version of HTTP it prefers. */
async function negotiate(url: URL, ca: string | undefined, handshakeMs: number): Promise<"2" | "1.1"> {
    // A URL puts an IPv6 address into brackets.
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const signal = AbortSignal.timeout(handshakeMs);
    const socket = tls.connect({
        host,
        port: url.port === "" ? 443 : Number(url.port),
        // No name is sent for an IP address (RFC 6066).
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ALPNProtocols: ["h2", "http/1.1"],
        ...(ca === undefined ? {} : { ca }),
    });
    try {
        await once(socket, "secureConnect", { signal });
        return socket.alpnProtocol === "h2" ? "2" : "1.1";
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const message = `no TLS connection: ${signal.aborted ? "the handshake took too long" : reason}`;
        const cause = new NotConnected(message, { cause: error });
        throw new ConnectError(message, Code.Unavailable, undefined, undefined, cause);
    } finally {
        socket.destroy();
    }
}

/** One connection pool to the API: which version of HTTP it speaks is found out at the first call. */
export class Connection {
    readonly #endpoint: Endpoint;
    readonly #handshakeMs: number;
    readonly #agent: http.Agent;
    #sessions: Http2SessionManager | undefined;
    #transport: Promise<Transport> | undefined;

    constructor(endpoint: Endpoint, handshakeMs = HANDSHAKE_MS) {
        this.#endpoint = endpoint;
        this.#handshakeMs = handshakeMs;
        // Idle sockets of an agent do not keep a process alive.
        const options = { keepAlive: true, maxSockets: 32, timeout: 120_000 };
        this.#agent =
            endpoint.url.protocol === "https:"
                ? new https.Agent({ ...options, ...(endpoint.ca === undefined ? {} : { ca: endpoint.ca }) })
                : new http.Agent(options);
    }

    transport(): Promise<Transport> {
        this.#transport ??= this.#connect().catch((error: unknown) => {
            // The next call tries again.
            this.#transport = undefined;
            throw error;
        });
        return this.#transport;
    }

    close(): void {
        this.#agent.destroy();
        this.#sessions?.abort();
    }

    async #connect(): Promise<Transport> {
        const { url, token, userAgent, ca, idleMs = 60_000 } = this.#endpoint;
        const common = {
            baseUrl: url.href.replace(/\/$/, ""),
            useBinaryFormat: true,
            readMaxBytes: READ_MAX_BYTES,
            interceptors: [authenticate(token, userAgent)],
        };
        // In clear text the server knows no HTTP/2, and there is no ALPN to ask it.
        const version = url.protocol === "https:" ? await negotiate(url, ca, this.#handshakeMs) : "1.1";
        if (version === "1.1") {
            return createConnectTransport({
                ...common,
                httpVersion: "1.1",
                nodeOptions: { agent: this.#agent },
            });
        }
        // Our own, so that it can be closed.
        this.#sessions = new Http2SessionManager(
            url,
            { idleConnectionTimeoutMs: idleMs },
            ca === undefined ? {} : { ca },
        );
        return createConnectTransport({ ...common, httpVersion: "2", sessionManager: this.#sessions });
    }
}
