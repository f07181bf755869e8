import type { Measure, Table } from "./case";

/** A table as text: numbers to the right, everything else to the left. */
export function renderTable({ title, rows }: Table): string {
    const columns = Object.keys(rows[0] ?? {});
    const widths = columns.map((column) =>
        Math.max(column.length, ...rows.map((row) => String(row[column] ?? "").length)),
    );
    const line = (cells: (string | number)[]): string =>
        cells
            .map((cell, index) => {
                const width = widths[index] ?? 0;
                return typeof cell === "number" || cell === "–"
                    ? String(cell).padStart(width)
                    : cell.padEnd(width);
            })
            .join("  ")
            .trimEnd();
    const body = rows.map((row) => line(columns.map((column) => row[column] ?? "")));
    return [title, "", line(columns), line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}

export function measuresTable(title: string, measures: Measure[]): Table {
    return {
        title,
        rows: measures.map(({ what, measured, floor, target, met }) => ({
            measure: what,
            measured,
            floor,
            target,
            "": met ? "" : "missed",
        })),
    };
}
