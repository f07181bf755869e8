export interface Row<Item> {
    element: HTMLElement;
    show(item: Item): void;
}

/** Rows that live as long as what they show, so that focus and selection outlive a refresh. */
export class KeyedRows<Item> {
    private readonly rows = new Map<string, Row<Item>>();

    constructor(
        private readonly parent: HTMLElement,
        private readonly keyOf: (item: Item) => string,
        private readonly make: (item: Item) => Row<Item>,
    ) {}

    show(items: readonly Item[]): void {
        const focused = document.activeElement;
        this.dropAllBut(new Set(items.map(this.keyOf)));
        let place = this.parent.firstElementChild;
        for (const item of items) {
            const row = this.rowOf(item);
            row.show(item);
            if (row.element === place) {
                place = place.nextElementSibling;
            } else {
                this.parent.insertBefore(row.element, place);
            }
        }
        // A row that has moved has lost the focus on its way.
        if (focused instanceof HTMLElement && focused.isConnected && focused !== document.activeElement) {
            focused.focus({ preventScroll: true });
        }
    }

    private rowOf(item: Item): Row<Item> {
        const key = this.keyOf(item);
        const row = this.rows.get(key) ?? this.make(item);
        this.rows.set(key, row);
        return row;
    }

    private dropAllBut(keys: ReadonlySet<string>): void {
        for (const [key, row] of this.rows) {
            if (!keys.has(key)) {
                row.element.remove();
                this.rows.delete(key);
            }
        }
    }
}
