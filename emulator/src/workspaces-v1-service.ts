import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { Backend } from "./backend";
import { ServerFailure } from "./failures";
import {
    AdmissionLevel,
    GitInitializer_CloneTargetMode,
    type Workspace,
    WorkspacePhase_Phase,
    WorkspacePort_Protocol,
    WorkspaceSchema,
    type WorkspaceService,
    WorkspaceSpec_WorkspaceType,
} from "./gen/gitpod/v1/workspace_pb";
import { requireOrganizationId } from "./ids";
import { LONGEST_GIT_LIST } from "./workspace-messages";
import {
    type InstanceRecord,
    latestInstance,
    portUrl,
    type WorkspaceRecord,
    workspaceUrl,
} from "./workspace-records";

const PAGE_SIZE_WITHOUT_PAGINATION = 50;
const PAGE_SIZE_OF_EMPTY_PAGINATION = 10;
const LARGEST_PAGE_SIZE = 400;

export function workspaceV1Service(
    backend: Backend,
): Pick<ServiceImpl<typeof WorkspaceService>, "listWorkspaces"> {
    return {
        listWorkspaces(request, context) {
            const user = backend.auth.v1Caller(context.requestHeader);
            const organizationId = requireOrganizationId(request.organizationId);
            const size =
                request.pagination === undefined
                    ? PAGE_SIZE_WITHOUT_PAGINATION
                    : request.pagination.pageSize || PAGE_SIZE_OF_EMPTY_PAGINATION;
            if (size < 0 || size > LARGEST_PAGE_SIZE) {
                throw new ServerFailure("badRequest", `Pagesize must not exceed ${LARGEST_PAGE_SIZE}`);
            }
            const found = backend.workspaces
                .listOf(user.id, organizationId)
                // No emulated call can pin a workspace.
                .filter((workspace) => !request.pinned && workspace.description.includes(request.searchTerm))
                .slice(0, size);
            return { workspaces: found.map(toWorkspace), pagination: { total: found.length } };
        },
    };
}

function toWorkspace(workspace: WorkspaceRecord): Workspace {
    const instance = latestInstance(workspace);
    const { context } = workspace;
    return create(WorkspaceSchema, {
        id: workspace.id,
        metadata: {
            ownerId: workspace.ownerId,
            organizationId: workspace.organizationId,
            name: workspace.description,
            originalContextUrl: context.normalizedUrl,
        },
        spec: {
            initializer: { specs: [toInitializer(workspace)] },
            type: WorkspaceSpec_WorkspaceType.REGULAR,
            ports: (instance?.ports ?? []).map(({ port, isPublic, isHttps }) => ({
                port,
                admission: isPublic ? AdmissionLevel.EVERYONE : AdmissionLevel.OWNER_ONLY,
                url: portUrl(workspace.id, port),
                protocol: isHttps ? WorkspacePort_Protocol.HTTPS : WorkspacePort_Protocol.HTTP,
            })),
            environmentVariables: context.environmentVariables,
            git: {},
            admission: AdmissionLevel.OWNER_ONLY,
            class: workspace.workspaceClass,
            editor: workspace.editor,
        },
        status: instance === undefined ? { phase: {} } : toStatus(workspace, instance),
    });
}

function toInitializer({ context }: WorkspaceRecord) {
    if (context.snapshotId !== undefined) {
        return { spec: { case: "snapshot" as const, value: { snapshotId: context.snapshotId } } };
    }
    if (context.prebuildId !== undefined) {
        return { spec: { case: "prebuild" as const, value: { prebuildId: context.prebuildId } } };
    }
    return {
        spec: {
            case: "git" as const,
            value: {
                remoteUri: context.cloneUrl,
                targetMode: GitInitializer_CloneTargetMode.REMOTE_BRANCH,
                cloneTarget: context.branch,
                checkoutLocation: context.repository.name,
            },
        },
    };
}

function toStatus(workspace: WorkspaceRecord, instance: InstanceRecord) {
    const { git, context } = workspace;
    return {
        statusVersion: BigInt(Math.floor(instance.changedAt.getTime() / 1000)),
        phase: {
            name: WorkspacePhase_Phase[instance.phase],
            lastTransitionTime: timestampFromDate(instance.changedAt),
        },
        workspaceUrl: workspaceUrl(workspace.id),
        conditions: { failed: instance.failed, timeout: instance.timeout },
        instanceId: instance.id,
        ...(instance.reportsGit
            ? {
                  gitStatus: {
                      cloneUrl: context.cloneUrl,
                      branch: git.branch,
                      latestCommit: git.latestCommit,
                      uncommitedFiles: git.uncommitted.slice(0, LONGEST_GIT_LIST),
                      totalUncommitedFiles: git.uncommitted.length,
                      untrackedFiles: git.untracked.slice(0, LONGEST_GIT_LIST),
                      totalUntrackedFiles: git.untracked.length,
                      unpushedCommits: git.unpushed.slice(0, LONGEST_GIT_LIST),
                      totalUnpushedCommits: git.unpushed.length,
                  },
              }
            : {}),
    };
}
