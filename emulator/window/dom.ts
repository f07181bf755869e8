export type Child = Node | string;

/** Texts become text nodes: nothing that the emulator holds is ever read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes: Record<string, string> = {},
    ...children: Child[]
): HTMLElementTagNameMap[Tag] {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
}

/** What is the same stays untouched: so is a selection in it, and a screen reader has nothing to say. */
export function setText(node: Element, text: string): void {
    if (node.textContent !== text) {
        node.textContent = text;
    }
}

export function byId(id: string): HTMLElement {
    const found = document.getElementById(id);
    if (found === null) {
        throw new Error(`the page has no #${id}`);
    }
    return found;
}
