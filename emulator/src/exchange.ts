import { type Code, type ContextValues, createContextKey } from "@connectrpc/connect";

/** An answer that is no Connect answer, such as that of a proxy or of a crashed handler. */
export interface RawAnswer {
    status: number;
    body: string;
    contentType: string;
    headers: Record<string, string>;
}

/** What the HTTP side and the RPC side of one call have to tell each other. */
export interface Exchange {
    /** Sent instead of what the RPC answers. */
    rawAnswer?: RawAnswer;
    /** The code of the error that is answered. */
    code?: Code;
    /** The handler answers as if it had done its work, and does not do it. */
    noop: boolean;
    /** The connection has been cut; there is nobody to answer any more. */
    isCut: boolean;
    cut(): void;
}

export const exchangeKey = createContextKey<Exchange | undefined>(undefined, {
    description: "the HTTP side of the call",
});

export function exchangeOf(values: ContextValues): Exchange {
    const exchange = values.get(exchangeKey);
    if (exchange === undefined) {
        throw new Error("the call did not come through the emulator's HTTP side");
    }
    return exchange;
}
