export { pulumiCommand } from "./command";
export { type Engine, ensureEngine } from "./ensure";
export { pulumiEnvironment } from "./environment";
export type { Log } from "./progress";
export { createSandbox, type Sandbox } from "./sandbox";
