import { ServerFailure } from "./failures";
import type { User, Users } from "./users";

const SCHEME = "Bearer ";
const OWN_HOSTS = ["127.0.0.1", "localhost"];

export class Authenticator {
    /** Connections are pooled by token and origin. */
    private readonly refused = new Set<string>();

    constructor(private readonly users: Users) {}

    /** What both servers ask for before they look at anything else. */
    requireToken(headers: Headers): string {
        const header = headers.get("Authorization");
        const token = header?.startsWith(SCHEME) ? header.slice(SCHEME.length).trim() : "";
        if (token === "") {
            throw new ServerFailure("unauthenticated", "no access token in the request");
        }
        return token;
    }

    /**
     * The experimental server finds out about a bad token only when it opens the inner connection. It pools the
     * dead connection, so the same token fails in another way from then on.
     */
    experimentalCaller(headers: Headers): User {
        const token = this.requireToken(headers);
        const user = this.users.withToken(token);
        const connection = `${token} ${headers.get("Origin") ?? ""}`;
        if (user !== undefined && isOwnOrigin(headers.get("Origin"))) {
            return user;
        }
        if (this.refused.has(connection)) {
            throw new ServerFailure("internal", "the connection is closed");
        }
        this.refused.add(connection);
        throw new ServerFailure("unauthenticated", "the identity of the caller could not be established");
    }

    v1Caller(headers: Headers): User {
        const user = this.users.withToken(this.requireToken(headers));
        if (user === undefined) {
            throw new ServerFailure("unauthenticated", "unauthenticated");
        }
        return user;
    }

    /** Whose token it is, for the log: changes nothing and refuses nothing. */
    peek(headers: Headers): User | undefined {
        const header = headers.get("Authorization") ?? "";
        return header.startsWith(SCHEME)
            ? this.users.withToken(header.slice(SCHEME.length).trim())
            : undefined;
    }
}

/** The experimental server passes a browser's origin on, and the inner server takes no other than its own. */
function isOwnOrigin(origin: string | null): boolean {
    return !origin || (URL.canParse(origin) && OWN_HOSTS.includes(new URL(origin).hostname));
}
