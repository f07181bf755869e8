import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** The page lies beside `src`, as it is; its scripts are compiled. */
const PAGE_FOLDER = join(__dirname, "../window");
const SCRIPT_FOLDER = join(__dirname, "window");

const TYPES: Record<string, string> = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
};

/** Sent with every answer under `/_emulator/`. The page loads nothing but its own files, and nobody may frame it. */
export const WINDOW_HEADERS = {
    "Content-Security-Policy": [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].join("; "),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
};

/** A file of the window, by its path below `/_emulator/`. */
export async function windowFile(path: string): Promise<{ text: string; type: string } | undefined> {
    const name = path === "" ? "index.html" : /^window\/([a-z-]+\.(?:css|js|svg))$/.exec(path)?.[1];
    if (name === undefined) {
        return undefined;
    }
    const type = TYPES[extname(name)] ?? "";
    try {
        const folder = extname(name) === ".js" ? SCRIPT_FOLDER : PAGE_FOLDER;
        return { text: await readFile(join(folder, name), "utf8"), type };
    } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}
