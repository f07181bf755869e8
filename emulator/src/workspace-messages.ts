import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
    AdmissionLevel,
    type GitStatus,
    GitStatusSchema,
    PortPolicy,
    PortProtocol,
    type Workspace,
    type WorkspaceInstanceStatus,
    WorkspaceInstanceStatus_Phase,
    WorkspaceInstanceStatusSchema,
    WorkspaceSchema,
    type WorkspaceStatus,
    WorkspaceStatusSchema,
} from "./gen/gitpod/experimental/v1/workspaces_pb";
import {
    type GitState,
    type InstanceRecord,
    latestInstance,
    portUrl,
    type WorkspaceRecord,
    workspaceUrl,
} from "./workspace-records";

/** Longer lists of files and commits are cut; the totals are not. */
export const LONGEST_GIT_LIST = 100;

export function toWorkspace(workspace: WorkspaceRecord): Workspace {
    return create(WorkspaceSchema, {
        workspaceId: workspace.id,
        ownerId: workspace.ownerId,
        context: {
            contextUrl: workspace.contextUrl,
            details: {
                case: "git",
                value: {
                    normalizedContextUrl: workspace.context.normalizedUrl,
                    repository: workspace.context.repository,
                },
            },
        },
        description: workspace.description,
        status: toStatus(workspace),
    });
}

export function toStatus(workspace: WorkspaceRecord): WorkspaceStatus {
    const instance = latestInstance(workspace);
    if (instance === undefined) {
        return create(WorkspaceStatusSchema);
    }
    return create(WorkspaceStatusSchema, {
        instance: {
            instanceId: instance.id,
            workspaceId: workspace.id,
            createdAt: timestampFromDate(instance.createdAt),
            status: toInstanceStatus(workspace, instance),
        },
    });
}

function toInstanceStatus(workspace: WorkspaceRecord, instance: InstanceRecord): WorkspaceInstanceStatus {
    return create(WorkspaceInstanceStatusSchema, {
        statusVersion: BigInt(instance.statusVersion),
        phase: WorkspaceInstanceStatus_Phase[instance.phase],
        conditions: {
            failed: instance.failed,
            timeout: instance.timeout,
            ...(instance.firstUserActivity === undefined
                ? {}
                : { firstUserActivity: timestampFromDate(instance.firstUserActivity) }),
        },
        message: instance.message,
        url: workspaceUrl(workspace.id),
        admission: AdmissionLevel.OWNER_ONLY,
        ports: instance.ports.map(({ port, isPublic, isHttps }) => ({
            port,
            policy: isPublic ? PortPolicy.PUBLIC : PortPolicy.PRIVATE,
            url: portUrl(workspace.id, port),
            protocol: isHttps ? PortProtocol.HTTPS : PortProtocol.HTTP,
        })),
        recentFolders: [`/workspace/${workspace.context.repository.name}`],
        ...(instance.reportsGit ? { gitStatus: toGitStatus(workspace.git) } : {}),
        editor: workspace.editor,
    });
}

function toGitStatus(git: GitState): GitStatus {
    return create(GitStatusSchema, {
        branch: git.branch,
        latestCommit: git.latestCommit,
        uncommitedFiles: git.uncommitted.slice(0, LONGEST_GIT_LIST),
        totalUncommitedFiles: git.uncommitted.length,
        untrackedFiles: git.untracked.slice(0, LONGEST_GIT_LIST),
        totalUntrackedFiles: git.untracked.length,
        unpushedCommits: git.unpushed.slice(0, LONGEST_GIT_LIST),
        totalUnpushedCommits: git.unpushed.length,
    });
}
