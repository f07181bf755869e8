import { ServerFailure } from "./failures";

/** What the server makes of a context URL. */
export interface ParsedContext {
    /** The URL without its prefix. */
    normalizedUrl: string;
    repository: { owner: string; name: string };
    cloneUrl: string;
    branch: string;
    environmentVariables: { name: string; value: string }[];
    forcesImageBuild: boolean;
    snapshotId?: string;
    prebuildId?: string;
}

interface Prefix {
    rest: string;
    environmentVariables?: ParsedContext["environmentVariables"];
    forcesImageBuild?: boolean;
    prebuildId?: string;
}

/** A repository owner of this name has no repositories: the way to ask for a "not found". */
const MISSING_OWNER = "not-found";
const DEFAULT_BRANCH = "main";
/** Snapshots are not modelled; a workspace made from one shows this repository. */
const SNAPSHOT_REPOSITORY = "https://github.com/gitpod-io/empty";

const REFUSED_VARIABLE_START = /^(LD_|PYTHON|PERL|JAVA_|NODE_|GIT_|GITPOD_|SUPERVISOR_)/;
const REFUSED_VARIABLE_END = /(_PATH|_HOME|_CONFIG|_OPTIONS|_STARTUP|_INIT)$/;

/** Reads one prefix, the first that fits in this order, and then a plain context. */
export function parseContextUrl(contextUrl: string): ParsedContext {
    const text = contextUrl.trim();
    if (text === "") {
        throw new ServerFailure("badRequest", "the context URL is empty");
    }
    const prefix: Prefix = referrer(text) ??
        variables(text) ??
        imageBuild(text) ??
        openPrebuild(text) ?? { rest: text };
    return {
        ...plainContext(prefix.rest),
        environmentVariables: prefix.environmentVariables ?? [],
        forcesImageBuild: prefix.forcesImageBuild ?? false,
        ...(prefix.prebuildId === undefined ? {} : { prebuildId: prefix.prebuildId }),
    };
}

function referrer(text: string): Prefix | undefined {
    const rest = /^referrer:[^/]*\/(.*)$/.exec(text)?.[1];
    return rest === undefined ? undefined : { rest };
}

function variables(text: string): Prefix | undefined {
    const slash = text.indexOf("/");
    const head = text.slice(0, Math.max(slash, 0));
    if (!head.includes("=")) {
        return undefined;
    }
    return { rest: text.slice(slash + 1), environmentVariables: head.split(",").flatMap(variable) };
}

function variable(pair: string): { name: string; value: string }[] {
    const [name, value, ...more] = pair.split("=");
    if (!name || !value || more.length > 0) {
        return [];
    }
    if (REFUSED_VARIABLE_START.test(name) || REFUSED_VARIABLE_END.test(name)) {
        return [];
    }
    return [{ name, value: decoded(value).replace(/[^A-Za-z0-9_\-.?=]/g, "") }];
}

function decoded(value: string): string {
    try {
        return decodeURIComponent(value);
    } catch (error) {
        if (error instanceof URIError) {
            return value;
        }
        throw error;
    }
}

function imageBuild(text: string): Prefix | undefined {
    const rest = /^imagebuild\/(.*)$/.exec(text)?.[1];
    return rest === undefined ? undefined : { rest, forcesImageBuild: true };
}

function openPrebuild(text: string): Prefix | undefined {
    const match = /^open-prebuild\/([^/]+)\/(.*)$/.exec(text);
    const [, prebuildId, rest] = match ?? [];
    return prebuildId === undefined || rest === undefined ? undefined : { rest, prebuildId };
}

type PlainContext = Omit<ParsedContext, "environmentVariables" | "forcesImageBuild" | "prebuildId">;

function plainContext(text: string): PlainContext {
    const snapshotId = /^snapshot\/([^/]+)$/.exec(text)?.[1];
    if (snapshotId !== undefined) {
        return { ...repositoryContext(SNAPSHOT_REPOSITORY), snapshotId };
    }
    return repositoryContext(text);
}

function repositoryContext(text: string): PlainContext {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const path = url === undefined ? [] : url.pathname.split("/").filter((part) => part !== "");
    const place = repositoryPlace(url?.hostname ?? "", path);
    if (url === undefined || !/^https?:$/.test(url.protocol) || place === undefined) {
        throw new ServerFailure("badContext", `cannot find a repository in "${text}"`);
    }
    if (place.owner === MISSING_OWNER) {
        throw new ServerFailure("repositoryNotFound", `there is no repository at ${text}`);
    }
    return {
        normalizedUrl: text.replace(/\/+$/, ""),
        repository: { owner: place.owner, name: place.name },
        cloneUrl: `${url.origin}/${place.owner}/${place.name}.git`,
        branch: branchOf(place.rest),
    };
}

/** Groups may be nested, except at the two hosts that have none. */
function repositoryPlace(
    host: string,
    path: string[],
): { owner: string; name: string; rest: string[] } | undefined {
    const flat = host === "github.com" || host === "bitbucket.org";
    const marker = path.indexOf("-");
    const length = flat ? 2 : marker === -1 ? path.length : marker;
    const place = path.slice(0, length);
    const name = place.pop()?.replace(/\.git$/, "");
    if (name === undefined || name === "" || place.length === 0) {
        return undefined;
    }
    return { owner: place.join("/"), name, rest: path.slice(length).filter((part) => part !== "-") };
}

function branchOf(rest: string[]): string {
    const [kind, ...branch] = rest;
    return kind === "tree" && branch.length > 0 ? branch.join("/") : DEFAULT_BRANCH;
}
