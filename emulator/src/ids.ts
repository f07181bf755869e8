import { createHmac, randomBytes, randomInt, randomUUID } from "node:crypto";
import { ServerFailure } from "./failures";

const WORKSPACE_ID = /^[0-9a-z]{2,16}-[0-9a-z]{2,16}-[0-9a-z]{8,11}$/;
const LEGACY_WORKSPACE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ALPHANUMERICS = "0123456789abcdefghijklmnopqrstuvwxyz";
const MIXED_ALPHANUMERICS = `${ALPHANUMERICS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

export function requireWorkspaceId(id: string): string {
    if (id === "") {
        throw new ServerFailure("badRequest", "the workspace id is empty");
    }
    if (!WORKSPACE_ID.test(id) && !LEGACY_WORKSPACE_ID.test(id)) {
        throw new ServerFailure("badRequest", `"${id}" is no workspace id`);
    }
    return id;
}

/** The id of a team as it is stored: the servers take blanks around it and upper case. */
export function requireOrganizationId(id: string): string {
    const normalized = parseUuid(id);
    if (normalized === undefined) {
        throw new ServerFailure("badRequest", "the team id must be a UUID");
    }
    return normalized;
}

export function parseUuid(id: string): string | undefined {
    const normalized = id.trim().toLowerCase();
    return UUID.test(normalized) ? normalized : undefined;
}

export function newUuid(): string {
    return randomUUID();
}

function randomText(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

/** Repository owner and name cut down, and eleven random characters. */
export function newWorkspaceId(repository: { owner: string; name: string }): string {
    return [
        idWord(repository.owner, "amber"),
        idWord(repository.name, "llama"),
        randomText(ALPHANUMERICS, 11),
    ].join("-");
}

function idWord(text: string, substitute: string): string {
    const word = text
        .toLowerCase()
        .replace(/[^0-9a-z]/g, "")
        .slice(0, 16);
    return word.length >= 2 ? word : substitute;
}

/** Shaped like a personal access token: a signature, a dot, and the forty characters it signs. */
export function newAccessToken(): string {
    const value = randomText(MIXED_ALPHANUMERICS, 40);
    const signature = createHmac("sha256", randomBytes(32)).update(value).digest("base64url");
    return `gitpod_pat_${signature}.${value}`;
}

export function newSecret(): string {
    return randomText(MIXED_ALPHANUMERICS, 32);
}

export function newHexSuffix(): string {
    return randomBytes(4).toString("hex");
}
