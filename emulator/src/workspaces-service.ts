import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from "@connectrpc/connect";
import { type Backend, isNoop } from "./backend";
import { parseContextUrl } from "./context-url";
import { exchangeOf } from "./exchange";
import { ServerFailure } from "./failures";
import {
    type CreateAndStartWorkspaceRequest,
    GetDefaultWorkspaceImageResponse_ImageSource,
    PortPolicy,
    PortProtocol,
    StreamWorkspaceStatusResponseSchema,
    type UpdatePortRequest,
    type WorkspaceStatus,
    type WorkspacesService,
} from "./gen/gitpod/experimental/v1/workspaces_pb";
import { newWorkspaceId, parseUuid, requireWorkspaceId } from "./ids";
import { CREATE_BUCKET, PORT_BUCKET, SHARED_BUCKET, START_BUCKET } from "./limiter";
import { toStatus, toWorkspace } from "./workspace-messages";
import { latestInstance, type WorkspaceRecord } from "./workspace-records";
import { WORKSPACE_CLASSES } from "./workspaces";

const DEFAULT_PAGE_SIZE = 20;
const LARGEST_PAGE_SIZE = 100;
const DEFAULT_IMAGE = "docker.io/gitpod/workspace-full:latest";

export function workspacesService(backend: Backend): ServiceImpl<typeof WorkspacesService> {
    const { limiter, workspaces } = backend;
    return {
        listWorkspaces(request, context) {
            const size = request.pagination?.pageSize ?? 0;
            if (size < 0 || size > LARGEST_PAGE_SIZE) {
                throw new ServerFailure("badRequest", `the page size must be from 0 to ${LARGEST_PAGE_SIZE}`);
            }
            const user = backend.enter(context);
            const organizationId = request.organizationId === "" ? undefined : request.organizationId;
            const result = workspaces.listOf(user.id, organizationId).slice(0, size || DEFAULT_PAGE_SIZE);
            return { result: result.map(toWorkspace) };
        },

        getWorkspace(request, context) {
            const id = requireWorkspaceId(request.workspaceId);
            return { result: toWorkspace(backend.ownWorkspace(id, backend.enter(context))) };
        },

        async *streamWorkspaceStatus(request, context) {
            const id = requireWorkspaceId(request.workspaceId);
            const workspace = backend.ownWorkspace(id, backend.enter(context));
            if (latestInstance(workspace) === undefined) {
                throw new ServerFailure("precondition", "the workspace has no instance");
            }
            for await (const result of statusChanges(backend, workspace, context.signal)) {
                yield create(StreamWorkspaceStatusResponseSchema, { result });
            }
        },

        getOwnerToken(request, context) {
            const id = requireWorkspaceId(request.workspaceId);
            const workspace = backend.ownWorkspace(id, backend.enter(context));
            const token = latestInstance(workspace)?.ownerToken;
            if (token === undefined) {
                throw new ServerFailure("notFound", "owner token not found");
            }
            return { token };
        },

        createAndStartWorkspace(request, context) {
            return createAndStart(backend, request, context);
        },

        startWorkspace(request, context) {
            const id = requireWorkspaceId(request.workspaceId);
            const user = backend.enter(context, 1, START_BUCKET);
            const workspace = backend.ownWorkspace(id, user);
            if (!isNoop(context)) {
                workspaces.start(workspace);
            }
            // The answer is read back in a second inner call, which can be one too many.
            limiter.chargeExperimental(user.id, SHARED_BUCKET);
            return { result: toWorkspace(workspace) };
        },

        stopWorkspace(request, context) {
            const id = requireWorkspaceId(request.workspaceId);
            const user = backend.enter(context);
            const workspace = backend.ownWorkspace(id, user);
            if (!isNoop(context)) {
                workspaces.requestStop(workspace);
            }
            limiter.chargeExperimental(user.id, SHARED_BUCKET);
            return { result: toWorkspace(workspace) };
        },

        deleteWorkspace(request, context) {
            const id = requireWorkspaceId(request.workspaceId);
            const workspace = backend.ownWorkspace(id, backend.enter(context));
            if (!isNoop(context)) {
                workspaces.delete(workspace);
            }
            return {};
        },

        updatePort(request, context) {
            return updatePort(backend, request, context);
        },

        listWorkspaceClasses(_request, context) {
            backend.enter(context);
            return { result: WORKSPACE_CLASSES };
        },

        getDefaultWorkspaceImage(request, context) {
            const user = backend.enter(context);
            if (request.workspaceId) {
                backend.ownWorkspace(request.workspaceId, user);
            }
            return {
                image: DEFAULT_IMAGE,
                source: GetDefaultWorkspaceImageResponse_ImageSource.INSTALLATION,
            };
        },
    };
}

function createAndStart(backend: Backend, request: CreateAndStartWorkspaceRequest, context: HandlerContext) {
    const { startSpec } = request;
    if (startSpec === undefined) {
        // The Go server reads it unchecked and crashes; what catches the crash knows nothing of Connect.
        exchangeOf(context.values).rawAnswer = {
            status: 500,
            body: "",
            contentType: "text/plain",
            headers: {},
        };
        throw new ConnectError("the handler crashed", Code.Unknown);
    }
    const user = backend.enter(context, 1, CREATE_BUCKET);
    const organizationId = parseUuid(request.organizationId);
    if (organizationId === undefined) {
        throw new ServerFailure("notFound", `Organization ID: ${request.organizationId} not found.`);
    }
    const contextUrl = request.source.case === "contextUrl" ? request.source.value : "";
    const parsed = parseContextUrl(contextUrl);
    backend.workspaces.requireRoomToRun(user.id);
    backend.teams.require(organizationId, user.id);
    backend.workspaces.requireKnownClass(startSpec.workspaceClass);
    if (isNoop(context)) {
        return { workspaceId: newWorkspaceId(parsed.repository) };
    }
    const workspace = backend.workspaces.add(
        {
            ownerId: user.id,
            organizationId,
            contextUrl,
            workspaceClass: startSpec.workspaceClass,
            editor: {
                name: startSpec.ideSettings?.defaultIde || "code",
                version: startSpec.ideSettings?.useLatestVersion ? "latest" : "stable",
            },
        },
        parsed,
    );
    backend.workspaces.start(workspace);
    return { workspaceId: workspace.id };
}

function updatePort(backend: Backend, request: UpdatePortRequest, context: HandlerContext) {
    const id = requireWorkspaceId(request.workspaceId);
    const spec = request.port;
    if (spec === undefined || spec.policy === PortPolicy.UNSPECIFIED) {
        throw new ServerFailure("badRequest", "a port needs a policy");
    }
    const workspace = backend.ownWorkspace(id, backend.enter(context, 1, PORT_BUCKET));
    const instance = latestInstance(workspace);
    if (instance === undefined || instance.phase === "STOPPED") {
        return {};
    }
    if (instance.phase !== "RUNNING") {
        throw new ServerFailure("precondition", "workspace is not running");
    }
    if (!isNoop(context)) {
        const others = instance.ports.filter((port) => port.port !== spec.port);
        const isPublic = spec.policy === PortPolicy.PUBLIC;
        instance.ports = [
            ...others,
            { port: spec.port, isPublic, isHttps: spec.protocol === PortProtocol.HTTPS },
        ];
        backend.workspaces.reported(instance);
    }
    return {};
}

/** Never ends by itself: not when the workspace stops, only when the caller goes. */
async function* statusChanges(
    backend: Backend,
    workspace: WorkspaceRecord,
    signal: AbortSignal,
): AsyncIterable<WorkspaceStatus> {
    const queue: WorkspaceStatus[] = [];
    let wake = () => {};
    const unwatch = backend.workspaces.watch(workspace.id, () => {
        queue.push(toStatus(workspace));
        wake();
    });
    signal.addEventListener("abort", () => wake(), { once: true });
    try {
        while (!signal.aborted) {
            const status = queue.shift();
            if (status !== undefined) {
                yield status;
            } else {
                await new Promise<void>((resolve) => {
                    wake = resolve;
                });
            }
        }
    } finally {
        unwatch();
    }
}
