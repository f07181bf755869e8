/** One call that reached an RPC, in the order of arrival. */
export interface Call {
    /** Name of the RPC, without its service. */
    rpc: string;
    service: string;
    /** The request in its JSON form. */
    request: unknown;
    /** When it arrived, in milliseconds since 1970. */
    at: number;
    /** Id of the user whose token it carries; absent for an unknown token. */
    user?: string;
    /** The answered code; absent for a success, an answer that is still out, and a dropped connection. */
    code?: string;
    /** Kind of the fault that was put on it. */
    fault?: string;
}

interface Waiter {
    rpc: string;
    resolve: (call: Call) => void;
}

export class CallLog {
    private entries: Call[] = [];
    private waiters: Waiter[] = [];

    get calls(): readonly Call[] {
        return this.entries;
    }

    clear(): void {
        this.entries = [];
    }

    next(rpc: string): Promise<Call> {
        return new Promise((resolve) => this.waiters.push({ rpc, resolve }));
    }

    add(call: Call): void {
        this.entries.push(call);
        const served = this.waiters.filter((waiter) => names(waiter.rpc, call.service, call.rpc));
        this.waiters = this.waiters.filter((waiter) => !served.includes(waiter));
        for (const waiter of served) {
            waiter.resolve(call);
        }
    }
}

/** Whether `rpc` means this method: by its name alone, or with its service, in full or without the package. */
export function names(rpc: string, service: string, method: string): boolean {
    return (
        rpc === method || `/${service}/${method}`.replace(/\./g, "/").endsWith(`/${rpc.replace(/\./g, "/")}`)
    );
}
