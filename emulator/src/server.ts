import * as http from "node:http";
import * as http2 from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { NodeRequest, NodeResponse } from "./http";

const KEEP_ALIVE_MS = 600_000;

export interface ServerOptions {
    port?: number;
    tls?: { key: string; cert: string };
    handle: (request: NodeRequest, response: NodeResponse) => Promise<void>;
}

/** A listener on the loopback interface that can be taken down with all its connections. */
export class LoopbackServer {
    readonly url: string;

    private constructor(
        private readonly server: http.Server | http2.Http2SecureServer,
        private readonly sockets: ReadonlySet<Socket>,
        isEncrypted: boolean,
    ) {
        const { port } = server.address() as AddressInfo;
        this.url = isEncrypted ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
    }

    static async listen(options: ServerOptions): Promise<LoopbackServer> {
        const listener = (request: NodeRequest, response: NodeResponse) => {
            options.handle(request, response).catch((error: unknown) => {
                console.error(`gitpod-emulator: ${request.method} ${request.url} failed`, error);
                request.socket.destroy();
            });
        };
        const server =
            options.tls === undefined
                ? http.createServer(listener)
                : http2.createSecureServer({ ...options.tls, allowHTTP1: true }, listener);
        const sockets = new Set<Socket>();
        server.on("connection", (socket: Socket) => {
            sockets.add(socket);
            socket.once("close", () => sockets.delete(socket));
        });
        if (server instanceof http.Server) {
            // With Node's 5 s an idle connection could be closed just as a client uses it again.
            server.keepAliveTimeout = KEEP_ALIVE_MS;
        }
        await new Promise<void>((resolve, reject) => {
            server.once("error", reject);
            server.listen(options.port ?? 0, "127.0.0.1", resolve);
        });
        return new LoopbackServer(server, sockets, options.tls !== undefined);
    }

    async close(): Promise<void> {
        const closed = new Promise<void>((resolve, reject) => {
            this.server.close((error) => (error === undefined ? resolve() : reject(error)));
        });
        for (const socket of this.sockets) {
            socket.destroy();
        }
        await closed;
    }
}
