import {
    type DeclarationReflection,
    type ProjectReflection,
    type Reflection,
    ReflectionKind,
    type SignatureReflection,
} from "typedoc";
import { namedIn, targetOf } from "./text.mjs";

/** What one page is about. */
export interface Subject {
    file: string;
    /** A class or a function. */
    main: DeclarationReflection;
    /** The form of a function that takes and gives outputs. */
    outputForm: DeclarationReflection | undefined;
    /** What it takes: the interface of its arguments, if it has some. */
    takes: DeclarationReflection | undefined;
    /** What it gives: the interface of a function's answer, or the class itself. */
    gives: DeclarationReflection;
    /** The other types that it names, where no page before does. */
    types: DeclarationReflection[];
}

export function isResource({ main }: Subject): boolean {
    return main.kindOf(ReflectionKind.Class);
}

export function headingsOf(subject: Subject): { inputs: string; outputs: string } {
    return isResource(subject)
        ? { inputs: "Inputs", outputs: "Outputs" }
        : { inputs: "Arguments", outputs: "Answer" };
}

/** The one way to call a function; of a constructor, the one for everybody. */
export function signatureOf(reflection: DeclarationReflection): SignatureReflection {
    const member = reflection.kindOf(ReflectionKind.Class)
        ? reflection.getChildByName("constructor")
        : reflection;
    const [signature] = (member as DeclarationReflection).signatures ?? [];
    if (signature === undefined) {
        throw new Error(`${reflection.name} can't be called`);
    }
    return signature;
}

/** The pages: one a class, then one a function together with its form for outputs. */
export function subjectsOf({ children = [] }: ProjectReflection): Subject[] {
    const functions = children.filter((child) => child.kindOf(ReflectionKind.Function));
    const mains = [
        ...children.filter((child) => child.kindOf(ReflectionKind.Class)),
        ...functions.filter(({ name }) => !functions.some((other) => name === `${other.name}Output`)),
    ];
    const subjects = mains.map((main): Subject => {
        const outputForm = functions.find(({ name }) => name === `${main.name}Output`);
        const signature = signatureOf(main);
        const takes = signature.parameters?.flatMap(({ name, type }) =>
            name === "args" ? declarationsIn(namedIn(type)) : [],
        )[0];
        const gives = main.kindOf(ReflectionKind.Class) ? main : declarationsIn(namedIn(signature.type))[0];
        if (gives === undefined) {
            throw new Error(`${main.name} gives nothing that is described`);
        }
        return { file: fileOf(main.name), main, outputForm, takes, gives, types: [] };
    });
    const described = new Set<Reflection>(subjects.flatMap(({ takes, gives }) => [gives, takes ?? gives]));
    for (const { takes, gives, types } of subjects) {
        const open = [takes, gives];
        // Grows while it is gone through: a type names types.
        for (const type of open) {
            const fresh = typesNamedBy(type).filter((named) => !described.has(named));
            for (const named of new Set(fresh)) {
                described.add(named);
                types.push(named);
                open.push(named);
            }
        }
    }
    return subjects;
}

/** The types that the members of a type, or what is said of them, name. */
function typesNamedBy(reflection: DeclarationReflection | undefined): DeclarationReflection[] {
    return declarationsIn(
        (reflection?.children ?? []).flatMap(({ type, comment }) => [
            ...namedIn(type),
            ...(comment?.summary ?? []).flatMap((part) => targetOf(part) ?? []),
        ]),
    );
}

function declarationsIn(reflections: Reflection[]): DeclarationReflection[] {
    return reflections.filter((reflection) => reflection.isDeclaration());
}

/** `getOwnerToken` → `get-owner-token.md` */
function fileOf(name: string): string {
    return `${name.replace(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase()}.md`;
}
