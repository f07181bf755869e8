// By shape and not by `instanceof`: under Jest the errors of Node's own modules are of another realm.

/** Whether this is the system's error of that code, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
    return hasField(error, "code") && error.code === code;
}

export function messageOf(error: unknown): string {
    return hasField(error, "message") ? String(error.message) : String(error);
}

function hasField<K extends string>(value: unknown, field: K): value is Record<K, unknown> {
    return typeof value === "object" && value !== null && field in value;
}
