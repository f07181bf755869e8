import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import type { universalResponseToNodeResponse } from "@connectrpc/connect-node";

/** Node's two HTTP modules have types of their own for the same things. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;
export type NodeResponse = Parameters<typeof universalResponseToNodeResponse>[1];

export function sendText(
    response: NodeResponse,
    status: number,
    body: string,
    headers: OutgoingHttpHeaders = { "Content-Type": "text/plain; charset=utf-8" },
): void {
    response.writeHead(status, headers);
    if (body !== "") {
        response.write(body);
    }
    response.end();
}

export function sendJson(response: NodeResponse, status: number, body: unknown): void {
    sendText(response, status, `${JSON.stringify(body)}\n`, { "Content-Type": "application/json" });
}

export async function readText(request: NodeRequest): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(Buffer.from(chunk));
    }
    return Buffer.concat(chunks).toString("utf8");
}
