export { Team, type TeamArgs, type TeamMember } from "./team";
export {
    type Phase,
    type StopReason,
    Workspace,
    type WorkspaceArgs,
    type WorkspaceContext,
    type WorkspaceEditorArgs,
    type WorkspacePort,
    type WorkspaceTimeoutsArgs,
} from "./workspace";
