import type { ProjectReflection, Reflection } from "typedoc";
import { pageText } from "./sections.mjs";
import { headingsOf, type Subject, subjectsOf } from "./subjects.mjs";

/** A page, and the name of its file. */
export interface Page {
    file: string;
    text: string;
}

/** One page a resource and one a function, with what each takes, gives and throws. */
export function pagesOf(project: ProjectReflection): Page[] {
    const subjects = subjectsOf(project);
    const places = new Map(subjects.flatMap(placesOn));
    return subjects.map((subject) => {
        const { file } = subject;
        const linkTo = (target: Reflection): string | undefined => {
            const place = places.get(target);
            const isHere = place?.split("#")[0] === file;
            return isHere ? place?.slice(file.length) || undefined : place;
        };
        return { file, text: pageText(subject, linkTo) };
    });
}

/** What a page describes, and where on it. */
function placesOn(subject: Subject): [Reflection, string][] {
    const { file, main, outputForm, takes, gives, types } = subject;
    const { inputs, outputs } = headingsOf(subject);
    const at = (heading: string, ...described: (Reflection | undefined)[]): [Reflection, string][] =>
        described
            .filter((reflection) => reflection !== undefined)
            .map((reflection) => [reflection, `${file}${heading && "#"}${heading.toLowerCase()}`]);
    return [
        ...types.flatMap((type) => at(type.name, type)),
        ...at(inputs, takes),
        ...at(outputs, gives),
        // Last, since a class is what it gives.
        ...at("", main, outputForm),
    ];
}
