import { byId, type Child, element } from "./dom.js";

/** Puts a table below its title, and returns the body for the rows. */
export function tableBelow(titleId: string, columns: readonly string[]): HTMLElement {
    const heads = columns.map((label) => element("th", { role: "columnheader", scope: "col" }, label));
    const body = element("tbody", { role: "rowgroup" });
    byId(titleId).after(
        element(
            "table",
            // The roles are given in full: some browsers forget them where the rows are laid out as cards.
            { role: "table", "aria-labelledby": titleId },
            element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
            body,
        ),
    );
    return body;
}

export function tableRow(...cells: HTMLTableCellElement[]): HTMLTableRowElement {
    return element("tr", { role: "row" }, ...cells);
}

export function rowHeader(...children: Child[]): HTMLTableCellElement {
    return element("th", { role: "rowheader", scope: "row" }, ...children);
}

/** On a card the cell shows the label itself. */
export function cell(label: string, ...children: Child[]): HTMLTableCellElement {
    return element("td", { role: "cell", "data-label": label }, ...children);
}
