export type { Call } from "./call-log";
export { Emulator } from "./emulator";
export type { Fault } from "./faults";
export type { Durations, EmulatorOptions } from "./options";
export type { GitChange, OutsideWorkspace } from "./outside";
export type { Role, TeamView } from "./teams";
export type { Phase, StartPlan, WorkspaceView } from "./workspace-records";
