import type { WindowView } from "../src/window-view";

/** An emulator that has been suspended accepts connections, and never answers. */
const PATIENCE_MS = 5_000;

export async function fetchView(): Promise<WindowView> {
    const response = await fetch("window", { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) {
        throw new Error(`the answer was ${response.status}`);
    }
    return response.json();
}

export async function changeFromOutside(change: string, fields: Record<string, unknown>): Promise<void> {
    const response = await fetch(`outside/${change}`, {
        method: "POST",
        body: JSON.stringify(fields),
        signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { error }: { error?: string } = await response.json();
    if (!response.ok) {
        throw new Error(error ?? `the answer was ${response.status}`);
    }
}
