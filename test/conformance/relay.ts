import { once } from "node:events";
import * as net from "node:net";
import * as tls from "node:tls";

/** What a relay shows to its callers; without it, it passes on what it gets as it is. */
export interface Encryption {
    key: string;
    cert: string;
    ALPNProtocols: string[];
}

/**
 * Stands before a server as the edge of an installation does, and counts the connections. It can be taken away and put
 * back at the same port, which a server with state of its own can't.
 */
export class Relay {
    /** Connections that were accepted so far. */
    connections = 0;
    readonly #server: net.Server;
    readonly #sockets = new Set<net.Socket>();
    /** How many connections are yet to be cut as soon as they are made. */
    #cuts = 0;
    #port = 0;

    constructor(targetPort: number, encryption?: Encryption) {
        const forward = (caller: net.Socket): void => {
            const target = net.connect(targetPort, "127.0.0.1");
            this.#track(target);
            caller.pipe(target).pipe(caller);
            // Whoever goes takes the other along; why it went is told by its "close".
            for (const [one, other] of [
                [caller, target],
                [target, caller],
            ] as const) {
                one.on("error", () => other.destroy());
                one.on("close", () => other.destroy());
            }
        };
        this.#server =
            encryption === undefined ? net.createServer(forward) : tls.createServer(encryption, forward);
        if (encryption !== undefined) {
            // A caller that goes away in its handshake, as one does that refuses the certificate.
            this.#server.on("tlsClientError", (_error: Error, socket: tls.TLSSocket) => socket.destroy());
        }
        this.#server.prependListener("connection", (socket: net.Socket) => {
            this.connections += 1;
            this.#track(socket);
            if (this.#cuts > 0) {
                this.#cuts -= 1;
                socket.destroy();
            }
        });
    }

    get port(): number {
        return this.#port;
    }

    /** Listens at a free port, and after a `close` again at the one it had. */
    async listen(): Promise<void> {
        this.#server.listen(this.#port, "127.0.0.1");
        await once(this.#server, "listening");
        const address = this.#server.address();
        if (address === null || typeof address === "string") {
            throw new Error("a relay has a port");
        }
        this.#port = address.port;
    }

    /** Cuts the next connections before a byte has passed. */
    cutNext(connections: number): void {
        this.#cuts = connections;
    }

    async close(): Promise<void> {
        if (!this.#server.listening) {
            return;
        }
        const closed = once(this.#server, "close");
        this.#server.close();
        for (const socket of this.#sockets) {
            socket.destroy();
        }
        await closed;
    }

    #track(socket: net.Socket): void {
        this.#sockets.add(socket);
        socket.once("close", () => this.#sockets.delete(socket));
    }
}
