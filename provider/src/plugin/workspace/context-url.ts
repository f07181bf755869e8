import { createHash } from "node:crypto";
import type { WorkspaceInputs } from "./inputs";

/**
 * A context URL by what stands in front of it. The server reads one such prefix only, so only `plain` and
 * `variables` have room for the mark.
 */
export type ContextUrl =
    | { kind: "plain"; target: string }
    | { kind: "variables"; variables: string; target: string }
    | { kind: "prebuild" | "imagebuild" | "referrer"; target: string }
    | { kind: "invalid"; reason: string };

/** The variable that carries the mark, also into the workspace: it tells people which stack owns it. */
const VARIABLE = "PULUMI_URN";
/** Letters of the project's, the stack's and the resource's name in a mark. */
const NAME_LENGTH = 20;

const EXPECTED =
    'must be the URL of a repository, branch, pull request or issue, such as "https://github.com/acme/shop", or one after a prefix of Gitpod\'s (KEY=value/, open-prebuild/<id>/, imagebuild/, referrer:<name>/), or snapshot/<id>';

function isTarget(text: string): boolean {
    if (/^snapshot\/[0-9A-Za-z-]+$/.test(text)) {
        return true;
    }
    return /^https?:\/\/[^/?#\s]+/i.test(text) && URL.canParse(text);
}

function isPair(pair: string): boolean {
    return /^[^=]+=[^=]*$/.test(pair);
}

/** Reads a context URL as the server does: the first prefix that fits wins, and what follows must be plain. */
export function parseContextUrl(text: string): ContextUrl {
    if (text.trim() === "") {
        return { kind: "invalid", reason: `is empty; it ${EXPECTED}` };
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what must not be there
    if (/[\s\u0000-\u001f\u007f]/.test(text)) {
        return { kind: "invalid", reason: `holds a blank or a control character; it ${EXPECTED}` };
    }
    if (/\p{Surrogate}/u.test(text)) {
        // What goes over the wire would be another character, and the answer never equal to what was asked for.
        return { kind: "invalid", reason: `holds half of a character (a lone surrogate); it ${EXPECTED}` };
    }
    const slash = text.indexOf("/");
    const head = slash < 0 ? text : text.slice(0, slash);
    const rest = slash < 0 ? "" : text.slice(slash + 1);
    const after = (kind: "imagebuild" | "referrer", target: string): ContextUrl =>
        isTarget(target)
            ? { kind, target }
            : { kind: "invalid", reason: `has no plain URL after its prefix; it ${EXPECTED}` };
    if (head.startsWith("referrer:")) {
        return after("referrer", rest);
    }
    if (head.includes("=")) {
        // Not quoted: the value of a variable may be a secret.
        if (!head.split(",").every(isPair)) {
            return {
                kind: "invalid",
                reason: 'has variables in front that are not KEY=value, joined by commas, each with one "="',
            };
        }
        if (head.split(",").some((pair) => pair.startsWith(`${VARIABLE}=`))) {
            return { kind: "invalid", reason: `sets ${VARIABLE}, which this provider keeps for itself` };
        }
        return isTarget(rest)
            ? { kind: "variables", variables: head, target: rest }
            : { kind: "invalid", reason: `has no plain URL after its variables; it ${EXPECTED}` };
    }
    if (head === "imagebuild") {
        return after("imagebuild", rest);
    }
    if (head === "open-prebuild") {
        const [, target] = /^[0-9A-Za-z-]+\/(.+)$/.exec(rest) ?? [];
        return target !== undefined && isTarget(target)
            ? { kind: "prebuild", target }
            : {
                  kind: "invalid",
                  reason: `must be open-prebuild/<prebuild id>/<URL> where it begins with open-prebuild/`,
              };
    }
    return isTarget(text)
        ? { kind: "plain", target: text }
        : { kind: "invalid", reason: `is no URL that Gitpod can open; it ${EXPECTED}` };
}

/** The context URL that is asked for: a prebuild's id goes in front, since the server ignores its field. */
export function effectiveContextUrl(inputs: Pick<WorkspaceInputs, "contextUrl" | "prebuildId">): string {
    return inputs.prebuildId === undefined
        ? inputs.contextUrl
        : `open-prebuild/${inputs.prebuildId}/${inputs.contextUrl}`;
}

function namePart(name: string): string {
    return name.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, NAME_LENGTH);
}

/** Project, stack and name from a URN `urn:pulumi:<stack>::<project>::<types>::<name>`. */
function namesOf(urn: string): { project: string; stack: string; name: string } {
    const [, stack, project, name] = /^urn:pulumi:(.*?)::(.*?)::.*?::(.*)$/s.exec(urn) ?? [];
    return { project: project ?? "", stack: stack ?? "", name: name ?? urn };
}

/** The name that the program gave to the resource with this URN. */
export function resourceName(urn: string): string {
    return namesOf(urn).name;
}

/**
 * The value that tells a workspace of ours from all others. Its hash covers what a replacement changes, so that a
 * replacement does not take its predecessor for its own.
 */
export function markOf(urn: string, organizationId: string, inputs: WorkspaceInputs): string {
    const { project, stack, name } = namesOf(urn);
    const { contextUrl, prebuildId, workspaceClass, editor, region, forceDefaultConfig } = inputs;
    const identity = [
        organizationId,
        urn,
        contextUrl,
        prebuildId ?? null,
        workspaceClass ?? null,
        editor === undefined ? null : [editor.name, editor.version ?? "stable"],
        region ?? null,
        forceDefaultConfig ?? false,
    ];
    const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 16);
    return [project, stack, name].map(namePart).concat(hash).join(".");
}

/** The context URL with the mark in it; `undefined` where it has no room for one. */
export function markedContextUrl(contextUrl: string, mark: string): string | undefined {
    const parsed = parseContextUrl(contextUrl);
    switch (parsed.kind) {
        case "plain":
            return `${VARIABLE}=${mark}/${parsed.target}`;
        case "variables":
            return `${parsed.variables},${VARIABLE}=${mark}/${parsed.target}`;
        default:
            return undefined;
    }
}

/** A context URL as the server stores it, without a mark of ours or of another stack. */
export function withoutMark(contextUrl: string): string {
    const slash = contextUrl.indexOf("/");
    const head = slash < 0 ? "" : contextUrl.slice(0, slash);
    if (!head.includes("=")) {
        return contextUrl;
    }
    const kept = head.split(",").filter((pair) => !pair.startsWith(`${VARIABLE}=`));
    const target = contextUrl.slice(slash + 1);
    return kept.length === 0 ? target : `${kept.join(",")}/${target}`;
}

/** The mark in a context URL as the server stores it, of whatever resource; `undefined` where it has none. */
export function markIn(contextUrl: string): string | undefined {
    const head = contextUrl.slice(0, Math.max(0, contextUrl.indexOf("/")));
    const pair = head.split(",").find((text) => text.startsWith(`${VARIABLE}=`));
    return pair?.slice(VARIABLE.length + 1);
}

/** The mark among the variables that a context URL brought. */
export function markAmong(variables: readonly { name: string; value: string }[]): string | undefined {
    return variables.find(({ name }) => name === VARIABLE)?.value;
}
