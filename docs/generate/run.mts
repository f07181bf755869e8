/** `npm run docs`: writes the pages of the API from the doc comments of the package; a test gives it another folder. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readApi } from "./api.mjs";
import { pagesOf } from "./pages.mjs";

const [folder = fileURLToPath(new URL("../api", import.meta.url))] = process.argv.slice(2);

const pages = pagesOf(await readApi());
// A page of what is no longer there goes.
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await Promise.all(pages.map(({ file, text }) => writeFile(join(folder, file), text)));
