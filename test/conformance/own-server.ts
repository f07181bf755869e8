import { EventEmitter, once } from "node:events";
import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import type { Socket } from "node:net";
import type { universalResponseToNodeResponse } from "@connectrpc/connect-node";
import { LOCALHOST, type Wire } from "./wires";

export type OwnRequest = http.IncomingMessage | http2.Http2ServerRequest;
/** Node's two HTTP modules have types of their own for the same thing; the library names what they share. */
export type OwnResponse = Parameters<typeof universalResponseToNodeResponse>[1];

/** A server of a test's own, for what the emulator does not tell about its callers and for what it would never answer. */
export class OwnServer {
    /** Connections that were accepted so far. */
    connections = 0;
    readonly url: URL;
    readonly #server: http.Server | https.Server | http2.Http2SecureServer;
    readonly #sockets = new Set<Socket>();
    readonly #idle = new EventEmitter();

    private constructor(
        server: http.Server | https.Server | http2.Http2SecureServer,
        { isEncrypted }: Wire,
        port: number,
    ) {
        this.#server = server;
        this.url = new URL(isEncrypted ? `https://localhost:${port}` : `http://127.0.0.1:${port}`);
        server.on("connection", (socket: Socket) => {
            this.connections += 1;
            this.#sockets.add(socket);
            socket.once("close", () => {
                this.#sockets.delete(socket);
                if (this.#sockets.size === 0) {
                    this.#idle.emit("idle");
                }
            });
        });
    }

    /** Resolves when no connection is left. */
    async whenIdle(): Promise<void> {
        if (this.#sockets.size > 0) {
            await once(this.#idle, "idle");
        }
    }

    static async listen(
        wire: Wire,
        handle: (request: OwnRequest, response: OwnResponse) => void,
        certificate: { key: string; cert: string } = LOCALHOST,
    ): Promise<OwnServer> {
        const server = OwnServer.#make(wire, handle, certificate);
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const address = server.address();
        if (address === null || typeof address === "string") {
            throw new Error("a server has a port");
        }
        return new OwnServer(server, wire, address.port);
    }

    async close(): Promise<void> {
        const closed = once(this.#server, "close");
        this.#server.close();
        for (const socket of this.#sockets) {
            socket.destroy();
        }
        await closed;
    }

    static #make(
        wire: Wire,
        handle: (request: OwnRequest, response: OwnResponse) => void,
        certificate: { key: string; cert: string },
    ): http.Server | https.Server | http2.Http2SecureServer {
        if (!wire.isEncrypted) {
            return http.createServer(handle);
        }
        return wire.httpVersion === "2"
            ? http2.createSecureServer({ ...certificate, allowHTTP1: true }, handle)
            : https.createServer(certificate, handle);
    }
}

/** Ends the connection as a server does that dies, or the one call where the connection carries several. */
export function cut(request: OwnRequest): void {
    if (request instanceof http2.Http2ServerRequest) {
        request.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    } else {
        request.socket.destroy();
    }
}

/** The bytes of one varint-free protobuf answer: a field that holds text, or other such fields. */
export function field(number: number, content: string | Uint8Array): Uint8Array {
    const bytes = Buffer.from(content);
    return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}
