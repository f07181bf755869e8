/** The provider's configuration as it was found, before anybody looked whether it is good. */
export interface RawConfig {
    /** Values of the stack's configuration, `gitpod:` left off. */
    stack(key: "token" | "host" | "organizationId"): string | undefined;
    env: Readonly<Record<string, string | undefined>>;
}

/** The provider's configuration, checked. */
export interface Config {
    token: string;
    /** The base address of the API. */
    apiUrl: URL;
    /** The organization of workspaces that name none. */
    organizationId?: string;
    /** Factor on every interval of the provider, for tests; 1 otherwise. */
    timeScale: number;
}

/** A configuration that can't be used: each problem is a sentence that names the key and what would be right. */
export class ConfigError extends Error {
    override readonly name = "ConfigError";
    readonly problems: readonly string[];

    constructor(problems: readonly string[]) {
        super(problems.join("\n"));
        this.problems = problems;
    }
}

const DEFAULT_HOST = "gitpod.io";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HOST_NAME =
    /^(?=.{1,253}(?::|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/i;
const HOST_IS =
    'gitpod:host (or GITPOD_HOST) must be the installation\'s host name or URL, such as "gitpod.example.com"';

export function isUuid(text: string): boolean {
    return UUID.test(text);
}

function isLoopback(hostname: string): boolean {
    return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** The address of the API for what a user wrote as the host; a sentence where it can't be one. */
export function toApiUrl(host: string): URL | string {
    const text = host.trim();
    if (text.includes("@")) {
        // Not quoted, here and nowhere below: what stands before it may hold a password.
        return `${HOST_IS}, without a user name or password in it`;
    }
    const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
    if (!written && !HOST_NAME.test(text)) {
        return `${HOST_IS}, not "${text}"`;
    }
    let url: URL;
    try {
        url = new URL(written ? text : `https://${text}`);
    } catch {
        return `${HOST_IS}, not "${text}"`;
    }
    if (url.protocol !== "https:" && url.protocol !== "http:") {
        return `${HOST_IS}, with https, not "${text}"`;
    }
    if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
        return `${HOST_IS}, without a path, not "${text}"`;
    }
    if (isLoopback(url.hostname)) {
        return url;
    }
    if (url.protocol === "http:") {
        return `gitpod:host (or GITPOD_HOST) is "${text}", but a token is sent over plain http to this machine only; write https`;
    }
    if (!url.hostname.startsWith("api.")) {
        url.hostname = `api.${url.hostname}`;
    }
    return url;
}

function nonEmpty(text: string | undefined): string | undefined {
    return text === undefined || text.trim() === "" ? undefined : text.trim();
}

/**
 * Host and organization come from the stack first, since inside a Gitpod workspace GITPOD_HOST is set by Gitpod;
 * the token from the environment first, since refresh and destroy see the stack's configuration as the last run of
 * the program saved it, and would go on with an old token.
 *
 * @throws {ConfigError}
 */
export function resolveConfig(raw: RawConfig): Config {
    const problems: string[] = [];
    const token = nonEmpty(raw.env["GITPOD_TOKEN"]) ?? nonEmpty(raw.stack("token"));
    if (token === undefined) {
        problems.push(
            "gitpod:token is not set: make an access token in Gitpod (User settings, Access tokens), then set GITPOD_TOKEN or run `pulumi config set --secret gitpod:token`",
        );
    } else if (!/^[\x21-\x7e]+$/.test(token)) {
        problems.push(
            "gitpod:token (or GITPOD_TOKEN) holds a blank or a character that no token has; copy it again",
        );
    }
    const apiUrl = toApiUrl(nonEmpty(raw.stack("host")) ?? nonEmpty(raw.env["GITPOD_HOST"]) ?? DEFAULT_HOST);
    if (typeof apiUrl === "string") {
        problems.push(apiUrl);
    }
    const organizationId =
        nonEmpty(raw.stack("organizationId")) ?? nonEmpty(raw.env["GITPOD_ORGANIZATION_ID"]);
    if (organizationId !== undefined && !isUuid(organizationId)) {
        problems.push(
            `gitpod:organizationId (or GITPOD_ORGANIZATION_ID) must be a UUID such as "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b", not "${organizationId}"`,
        );
    }
    const scale = Number(raw.env["PULUMI_GITPOD_TIME_SCALE"] ?? "1");
    const timeScale = Number.isFinite(scale) && scale > 0 ? scale : 1;
    if (problems.length > 0 || token === undefined || typeof apiUrl === "string") {
        throw new ConfigError(problems);
    }
    return {
        token,
        apiUrl,
        timeScale,
        ...(organizationId === undefined ? {} : { organizationId: organizationId.toLowerCase() }),
    };
}
