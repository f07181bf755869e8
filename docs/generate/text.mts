import type { Comment, CommentDisplayPart, DeclarationReflection, Reflection, SomeType } from "typedoc";

/** Where something is described, as a link from the page at hand; nothing where it is not, or where one is already. */
export type LinkTo = (target: Reflection) => string | undefined;

/** More literals than this in a type are for the description to tell. */
const MOST_LITERALS = 4;

/** What stands around the types of inputs, outputs and answers, and says nothing that the page does not. */
const WRAPPERS = new Set(["Input", "Output", "OutputInstance", "Promise"]);

/** Text of a doc comment as Markdown. */
export function markdown(parts: readonly CommentDisplayPart[], linkTo: LinkTo): string {
    return parts
        .map((part) => {
            const target = targetOf(part);
            const link = target && linkTo(target);
            return target === undefined ? part.text : named(part.text, link);
        })
        .join("")
        .trim();
}

/** What a part of a doc comment links to. */
export function targetOf(part: CommentDisplayPart): Reflection | undefined {
    return part.kind === "inline-tag" && typeof part.target === "object" && "kindOf" in part.target
        ? part.target
        : undefined;
}

function named(name: string, link: string | undefined): string {
    return link === undefined ? `\`${name}\`` : `[\`${name}\`](${link})`;
}

/** The text of each tag of a kind. */
export function tagged(comment: Comment | undefined, tag: `@${string}`, linkTo: LinkTo): string[] {
    return (comment?.getTags(tag) ?? []).map(({ content }) => markdown(content, linkTo));
}

/** A table, each text in one line, as a cell needs it. */
export function table(head: string[], rows: string[][]): string {
    const cell = (text: string): string => text.replace(/\s+/g, " ").replace(/\|/g, "\\|");
    const line = (cells: string[]): string => `| ${cells.map(cell).join(" | ")} |`;
    return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** What a type is written as on a page: code, with links to the types that are described. */
export function typeText(type: SomeType | undefined, linkTo: LinkTo): string {
    return partsOf(type)
        .map((part) => (typeof part === "string" ? named(part, undefined) : named(part.name, linkTo(part))))
        .join("");
}

/** The types of the package that a type names. */
export function namedIn(type: SomeType | undefined): Reflection[] {
    return partsOf(type).filter((part) => typeof part !== "string");
}

/** Whether a property may have no value. */
export function mayLack({ flags, type }: DeclarationReflection): boolean {
    const inner = type?.type === "reference" && WRAPPERS.has(type.name) ? type.typeArguments?.[0] : type;
    return flags.isOptional || (inner?.type === "union" && inner.types.some(isUndefined));
}

function isUndefined(type: SomeType): boolean {
    return type.type === "intrinsic" && type.name === "undefined";
}

/** A type as texts, and as types of the package. */
function partsOf(type: SomeType | undefined): (string | Reflection)[] {
    switch (type?.type) {
        case "reference": {
            const [inner] = type.typeArguments ?? [];
            return WRAPPERS.has(type.name) && inner !== undefined
                ? partsOf(inner)
                : [type.reflection ?? (type.name === "ID" ? "string" : type.name)];
        }
        case "array":
            return [...partsOf(type.elementType), "[]"];
        case "union":
            return unionParts(type.types.filter((member) => !isUndefined(member)));
        case "reflection":
            return [`{ ${(type.declaration.children ?? []).map(propertyText).join("; ")} }`];
        default:
            return [type?.toString() ?? ""];
    }
}

function unionParts(members: SomeType[]): (string | Reflection)[] {
    const [only] = members;
    if (members.length === 1) {
        return partsOf(only);
    }
    if (members.every(({ type }) => type === "literal") && members.length > MOST_LITERALS) {
        return ["string"];
    }
    // The order in which the compiler met them means nothing.
    return [members.map(plainText).sort().join(" | ")];
}

function propertyText({ name, flags, type }: DeclarationReflection): string {
    return `${name}${flags.isOptional ? "?" : ""}: ${plainText(type)}`;
}

function plainText(type: SomeType | undefined): string {
    return partsOf(type)
        .map((part) => (typeof part === "string" ? part : part.name))
        .join("");
}
