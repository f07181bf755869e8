import { constants, Http2ServerRequest } from "node:http2";
import { Code, type ConnectRouter, createContextValues } from "@connectrpc/connect";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import { type Exchange, exchangeKey } from "./exchange";
import { sideOf } from "./failures";
import { type NodeRequest, type NodeResponse, sendText } from "./http";
import { newUuid } from "./ids";

/**
 * Gitpod's servers use Connect libraries from before the protocol changed some HTTP statuses. The library that answers
 * here is newer.
 */
const OLD_STATUSES: Partial<Record<Code, number>> = {
    [Code.Canceled]: 408,
    [Code.DeadlineExceeded]: 408,
    [Code.FailedPrecondition]: 412,
    [Code.Unimplemented]: 404,
};

export type RpcListener = (request: NodeRequest, response: NodeResponse) => Promise<void>;

/** Serves the router's RPCs; calls `notFound` for all other paths. */
export function rpcListener(router: ConnectRouter, notFound: (response: NodeResponse) => void): RpcListener {
    const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
    return async (request, response) => {
        const handler = handlers.get(request.url?.split("?", 1)[0] ?? "");
        if (handler === undefined) {
            notFound(response);
            return;
        }
        const exchange = newExchange(request);
        const values = createContextValues().set(exchangeKey, exchange);
        const answer = await handler(universalRequestFromNodeRequest(request, response, undefined, values));
        if (isGone(request)) {
            return;
        }
        if (sideOf(handler.service.typeName) === "v1") {
            response.setHeader("x-request-id", newUuid());
        }
        if (exchange.rawAnswer !== undefined) {
            const { status, body, contentType, headers } = exchange.rawAnswer;
            sendText(response, status, body, { "Content-Type": contentType, ...headers });
            return;
        }
        try {
            await universalResponseToNodeResponse(withOldStatus(answer, exchange), response);
        } catch (error) {
            if (!isGone(request)) {
                throw error;
            }
        }
    };
}

function newExchange(request: NodeRequest): Exchange {
    const exchange: Exchange = {
        noop: false,
        isCut: false,
        cut: () => {
            exchange.isCut = true;
            if (request instanceof Http2ServerRequest) {
                request.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
            } else {
                request.socket.destroy();
            }
        },
    };
    return exchange;
}

/** The caller hung up, or a fault cut the connection: there is nobody left to tell. */
function isGone(request: NodeRequest): boolean {
    return request instanceof Http2ServerRequest
        ? request.stream.destroyed || request.stream.closed
        : request.socket.destroyed;
}

/** Only Connect's unary errors carry their code as an HTTP status. */
function withOldStatus(answer: UniversalServerResponse, exchange: Exchange): UniversalServerResponse {
    const isUnaryError = answer.status >= 400 && answer.header?.get("Content-Type") === "application/json";
    const status = isUnaryError && exchange.code !== undefined ? OLD_STATUSES[exchange.code] : undefined;
    return status === undefined ? answer : { ...answer, status };
}
