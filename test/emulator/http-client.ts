import * as http from "node:http";

export interface HttpAnswer {
    status: number;
    headers: http.IncomingHttpHeaders;
    text: string;
}

export interface HttpCall {
    path: string;
    method?: string;
    headers?: Record<string, string>;
    body?: string;
    signal?: AbortSignal;
}

/** One HTTP/1.1 request on a connection of its own, with nothing added to it. */
export function send(baseUrl: string, call: HttpCall): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
        const request = http.request(
            new URL(call.path, baseUrl),
            {
                agent: false,
                method: call.method ?? "POST",
                headers: call.headers ?? {},
                ...(call.signal === undefined ? {} : { signal: call.signal }),
            },
            (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () =>
                    resolve({
                        status: response.statusCode ?? 0,
                        headers: response.headers,
                        text: Buffer.concat(chunks).toString("utf8"),
                    }),
                );
            },
        );
        request.on("error", reject);
        request.end(call.body);
    });
}

/** A call as Connect JSON. */
export function connectJson(
    baseUrl: string,
    rpc: string,
    request: unknown,
    headers: Record<string, string> = {},
): Promise<HttpAnswer> {
    return send(baseUrl, {
        path: `/${rpc}`,
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(request),
    });
}
