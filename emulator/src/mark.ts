/** Who made a workspace, as far as its context URL tells. */
export type Maker =
    | { kind: "stack"; project: string; stack: string; resource: string }
    /** No stack has left its mark, where there was room for one. */
    | { kind: "somebody" }
    /** A context URL has one prefix, and this one took the place of a mark. */
    | { kind: "unknown" };

const VARIABLE = "PULUMI_URN";
const MARK = /^([\w-]+)\.([\w-]+)\.([\w-]+)\.[0-9a-f]+$/;
const OTHER_PREFIX = /^(referrer:|imagebuild\/|open-prebuild\/)/;

export function makerOf(contextUrl: string): Maker {
    const { pairs } = split(contextUrl);
    const mark = pairs.find(({ name }) => name === VARIABLE)?.value ?? "";
    const [, project, stack, resource] = MARK.exec(mark) ?? [];
    if (project !== undefined && stack !== undefined && resource !== undefined) {
        return { kind: "stack", project, stack, resource };
    }
    return { kind: OTHER_PREFIX.test(contextUrl.trim()) ? "unknown" : "somebody" };
}

/** The context URL as people know it: without the mark, and without the values of variables, which may be secret. */
export function shownContext(contextUrl: string): string {
    const { pairs, target } = split(contextUrl);
    const shown = pairs.filter(({ name }) => name !== VARIABLE).map(({ name }) => `${name}=…`);
    return shown.length === 0 ? target : `${shown.join(",")}/${target}`;
}

function split(contextUrl: string): { pairs: { name: string; value: string }[]; target: string } {
    const text = contextUrl.trim();
    const [, head, target] = /^([^/]*=[^/]*)\/(.*)$/s.exec(text) ?? [];
    if (head === undefined || target === undefined || OTHER_PREFIX.test(text)) {
        return { pairs: [], target: text };
    }
    const pairs = head.split(",").map((pair) => {
        const [name = "", ...value] = pair.split("=");
        return { name, value: value.join("=") };
    });
    return { pairs, target };
}
