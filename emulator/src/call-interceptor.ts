import { toJson } from "@bufbuild/protobuf";
import {
    Code,
    ConnectError,
    type Interceptor,
    type StreamRequest,
    type StreamResponse,
    type UnaryRequest,
    type UnaryResponse,
} from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import type { Authenticator } from "./auth";
import type { Call, CallLog } from "./call-log";
import { type Exchange, exchangeOf } from "./exchange";
import { type Side, sideOf, toConnectError } from "./failures";
import { codeNamed, type Fault, type Faults } from "./faults";
import type { Limiter } from "./limiter";
import type { Timers } from "./timers";

export interface CallDependencies {
    log: CallLog;
    faults: Faults;
    auth: Authenticator;
    limiter: Limiter;
    timers: Timers;
}

type AnyRequest = UnaryRequest | StreamRequest;
type AnyResponse = UnaryResponse | StreamResponse;
type Next = (request: AnyRequest) => Promise<AnyResponse>;

/** Stands around every RPC: the log, the faults, the first look at the token, the codes of this API's side. */
export function callInterceptor(dependencies: CallDependencies): Interceptor {
    return (next) => async (given) => {
        const { request, message } = await readRequest(given);
        const user = dependencies.auth.peek(request.header);
        const call: Call = {
            rpc: request.method.name,
            service: request.service.typeName,
            request: toJson(request.method.input, message),
            at: Date.now(),
            ...(user === undefined ? {} : { user: user.id }),
        };
        dependencies.log.add(call);
        return new CallRun(dependencies, call, exchangeOf(request.contextValues), request).run(next);
    };
}

/** A server stream brings its one message as a stream, which can be read only once. */
async function readRequest(request: AnyRequest) {
    if (!request.stream) {
        return { request, message: request.message };
    }
    const messages = [];
    for await (const message of request.message) {
        messages.push(message);
    }
    const [message] = messages;
    if (message === undefined) {
        throw new ConnectError("the request has no message", Code.InvalidArgument);
    }
    const replayed = (async function* () {
        yield* messages;
    })();
    return { request: { ...request, message: replayed }, message };
}

class CallRun {
    private readonly side: Side;

    constructor(
        private readonly dependencies: CallDependencies,
        private readonly call: Call,
        private readonly exchange: Exchange,
        private readonly request: AnyRequest,
    ) {
        this.side = sideOf(call.service);
    }

    async run(next: Next): Promise<AnyResponse> {
        try {
            const before = this.dependencies.faults.takeBefore(this.call.service, this.call.rpc);
            const response = await this.work(next, before);
            if (response.stream) {
                return { ...response, message: this.watched(response.message) };
            }
            await this.afterWork();
            return response;
        } catch (error) {
            throw this.answered(error);
        }
    }

    private async work(next: Next, fault: Fault | undefined): Promise<AnyResponse> {
        if (fault === undefined) {
            return this.admitted(next);
        }
        this.call.fault = fault.kind;
        if (fault.kind === "noop") {
            this.exchange.noop = true;
            return this.admitted(next);
        }
        if (fault.kind === "delay") {
            // The server goes on with its work even when the caller has given up in the meantime.
            const late = this.dependencies.timers.sleep(fault.ms).then(() => this.admitted(next));
            return await Promise.race([late, this.abandoned()]);
        }
        throw this.interruption(fault);
    }

    /** The checks that come before an RPC's own: v1 knows the caller at once, experimental only that there is a token. */
    private admitted(next: Next): Promise<AnyResponse> {
        const { auth, limiter } = this.dependencies;
        if (this.side === "v1") {
            const user = auth.v1Caller(this.request.header);
            limiter.chargeV1(user.id, this.call.service, this.call.rpc);
        } else {
            auth.requireToken(this.request.header);
        }
        return next(this.request);
    }

    private async afterWork(): Promise<void> {
        const fault = this.dependencies.faults.takeAfter(this.call.service, this.call.rpc);
        if (fault === undefined) {
            return;
        }
        this.call.fault = fault.kind;
        if (fault.kind !== "delay") {
            throw this.interruption(fault);
        }
        await Promise.race([this.dependencies.timers.sleep(fault.ms), this.abandoned()]);
    }

    /** A stream's work is its first message: faults "after" come behind it. */
    private async *watched<T>(messages: AsyncIterable<T>): AsyncIterable<T> {
        try {
            let isFirst = true;
            for await (const message of messages) {
                yield message;
                if (isFirst) {
                    isFirst = false;
                    await this.afterWork();
                }
            }
        } catch (error) {
            throw this.answered(error);
        }
    }

    private interruption(fault: Fault): ConnectError {
        if (fault.kind === "error") {
            return new ConnectError(fault.message ?? `fault: ${fault.code}`, codeNamed(fault.code));
        }
        if (fault.kind === "http") {
            this.exchange.rawAnswer = {
                status: fault.status,
                body: fault.body,
                contentType: fault.contentType ?? "text/plain",
                headers: fault.headers ?? {},
            };
        } else {
            this.exchange.cut();
        }
        return new ConnectError("the connection was cut", Code.Aborted);
    }

    /** Rejects once the caller has given up, or once the deadline it sent is over. */
    private abandoned(): Promise<never> {
        const { signal } = this.request;
        return new Promise((_, reject) => {
            const giveUp = () => {
                const reason = ConnectError.from(signal.reason, Code.Canceled);
                const isDeadline = reason.code === Code.DeadlineExceeded;
                // The Go server does not recognise its own deadline and answers what the inner call answers.
                const code = isDeadline && this.side === "experimental" ? Code.Internal : reason.code;
                reject(new ConnectError("the request was given up", code));
            };
            if (signal.aborted) {
                giveUp();
            } else {
                signal.addEventListener("abort", giveUp, { once: true });
            }
        });
    }

    private answered(error: unknown): ConnectError {
        const answer = toConnectError(error, this.side);
        this.exchange.code = answer.code;
        if (this.exchange.rawAnswer !== undefined) {
            this.call.code = `http_${this.exchange.rawAnswer.status}`;
        } else if (!this.exchange.isCut) {
            this.call.code = codeToString(answer.code);
        }
        return answer;
    }
}
