import { type Comment, type DeclarationReflection, ReflectionKind, type SignatureReflection } from "typedoc";
import { headingsOf, isResource, type Subject, signatureOf } from "./subjects.mjs";
import { type LinkTo, markdown, mayLack, table, tagged, typeText } from "./text.mjs";

/** What there is to say of a resource that is no matter of one property. */
const GUIDES: Record<string, string> = {
    Workspace:
        "Guides: [the running state](../guides/running-state.md), [nothing twice, and adoption](../guides/nothing-twice.md), [deletion, unsaved work and resource options](../guides/state-and-deletion.md), [limits](../guides/limits.md).",
    Team: "Guides: [names, renames and kills](../guides/teams.md), [deletion and resource options](../guides/state-and-deletion.md).",
};

const TROUBLESHOOTING =
    "What each message means, and those of any call: [troubleshooting](../guides/troubleshooting.md).";

/** The whole text of a page. */
export function pageText(subject: Subject, linkTo: LinkTo): string {
    const { main, outputForm, takes, gives, types } = subject;
    const { inputs, outputs } = headingsOf(subject);
    const forms = [main, ...(outputForm === undefined ? [] : [outputForm])];
    const comments = forms.map((form) => (isResource(subject) ? form.comment : signatureOf(form).comment));
    const guide = GUIDES[main.name];
    return joined(
        "<!-- Made from the doc comments by `npm run docs`. -->",
        `# gitpod.${main.name}`,
        summaryOf(comments[0], linkTo),
        forms.map((form) => `    ${callOf(form)}`).join("\n"),
        outputForm && `\`${outputForm.name}\` is ${summaryOf(comments[1], linkTo)}`,
        guide,
        headed("## Examples", ...comments.flatMap((comment) => examples(comment))),
        takes &&
            headed(
                `## ${inputs}`,
                isResource(subject) ? "" : summaryOf(takes.comment, linkTo),
                properties(takes, linkTo),
            ),
        headed(
            `## ${outputs}`,
            isResource(subject) ? "" : summaryOf(gives.comment, linkTo),
            properties(gives, linkTo),
        ),
        ...methodsOf(main).map((method) => methodText(main, method, linkTo)),
        headed("## Errors", errors(comments, linkTo), TROUBLESHOOTING),
        headed("## Types", ...types.map((type) => typeSection(type, linkTo))),
    );
}

/** Paragraphs, without those that have nothing to say. */
function joined(...paragraphs: (string | undefined)[]): string {
    return `${paragraphs.filter(Boolean).join("\n\n").trim()}\n`;
}

/** A section; nothing where it would be empty. */
function headed(heading: string, ...paragraphs: (string | undefined)[]): string | undefined {
    return paragraphs.some(Boolean) ? joined(heading, ...paragraphs).trim() : undefined;
}

function summaryOf(comment: Comment | undefined, linkTo: LinkTo): string {
    return markdown(comment?.summary ?? [], linkTo);
}

/** How it is called, with the types as they are written. */
function callOf(reflection: DeclarationReflection): string {
    const signature = signatureOf(reflection);
    return reflection.kindOf(ReflectionKind.Class)
        ? `new gitpod.${reflection.name}(${parametersOf(signature)})`
        : `gitpod.${reflection.name}(${parametersOf(signature)}): ${signature.type}`;
}

function parametersOf({ parameters = [] }: SignatureReflection): string {
    return parameters
        .map(({ name, type, flags, defaultValue }) => {
            const optional = flags.isOptional || defaultValue !== undefined ? "?" : "";
            return `${name}${optional}: ${type}`;
        })
        .join(", ");
}

function examples(comment: Comment | undefined): string[] {
    return (comment?.getTags("@example") ?? []).map(({ name, content }) =>
        joined(name && `${name}:`, content.map(({ text }) => text).join("")).trim(),
    );
}

function errors(comments: (Comment | undefined)[], linkTo: LinkTo): string {
    return comments
        .flatMap((comment) => tagged(comment, "@throws", linkTo))
        .map((text) => `- ${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\s+/g, " ")}.`)
        .join("\n");
}

function methodsOf(reflection: DeclarationReflection): DeclarationReflection[] {
    return (reflection.children ?? []).filter((child) => child.kindOf(ReflectionKind.Method));
}

function methodText(
    main: DeclarationReflection,
    method: DeclarationReflection,
    linkTo: LinkTo,
): string | undefined {
    const signature = signatureOf(method);
    const name = `${main.name}.${method.name}`;
    return headed(
        `## ${name}`,
        `    gitpod.${name}(${parametersOf(signature)}): ${signature.type}`,
        summaryOf(signature.comment, linkTo),
        ...examples(signature.comment),
    );
}

function typeSection(type: DeclarationReflection, linkTo: LinkTo): string | undefined {
    return headed(
        `### ${type.name}`,
        summaryOf(type.comment, linkTo),
        type.type?.type === "union" ? `One of ${typeText(type.type, linkTo)}.` : "",
        properties(type, linkTo),
    );
}

/** The table of what a type has. */
function properties(type: DeclarationReflection, linkTo: LinkTo): string {
    const all = (type.children ?? []).filter((child) => child.kindOf(ReflectionKind.Property));
    if (all.length === 0) {
        return "";
    }
    if (type.name.endsWith("Args")) {
        return table(
            ["name", "type", "default", "meaning"],
            all.map((property) => [
                `\`${property.name}\``,
                typeText(property.type, linkTo),
                defaultOf(type, property, linkTo),
                summaryOf(property.comment, linkTo),
            ]),
        );
    }
    const rows = all.map((property) => [
        `\`${property.name}${mayLack(property) ? "?" : ""}\``,
        typeText(property.type, linkTo),
        summaryOf(property.comment, linkTo),
    ]);
    const note = all.some(mayLack) ? "One with a `?` is left out where there is none.\n\n" : "";
    return `${note}${table(["name", "type", "meaning"], rows)}`;
}

function defaultOf(type: DeclarationReflection, property: DeclarationReflection, linkTo: LinkTo): string {
    if (!property.flags.isOptional) {
        return "required";
    }
    const [text] = tagged(property.comment, "@defaultValue", linkTo);
    if (text === undefined) {
        throw new Error(`${type.name}.${property.name} has no @defaultValue`);
    }
    return text;
}
