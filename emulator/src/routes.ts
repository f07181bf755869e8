import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type ConnectRouter, createConnectRouter } from "@connectrpc/connect";
import type { Backend } from "./backend";
import { callInterceptor } from "./call-interceptor";
import { TeamsService } from "./gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "./gen/gitpod/experimental/v1/user_pb";
import { WorkspacesService } from "./gen/gitpod/experimental/v1/workspaces_pb";
import { OrganizationService } from "./gen/gitpod/v1/organization_pb";
import { WorkspaceService } from "./gen/gitpod/v1/workspace_pb";
import { organizationsService } from "./organizations-service";
import { teamsService } from "./teams-service";
import { workspacesService } from "./workspaces-service";
import { workspaceV1Service } from "./workspaces-v1-service";

export function routes(backend: Backend, servesV1: boolean): ConnectRouter {
    const router = createConnectRouter({ interceptors: [callInterceptor(backend)] });
    router.service(WorkspacesService, workspacesService(backend));
    router.service(TeamsService, teamsService(backend));
    router.service(UserService, {
        getAuthenticatedUser(_request, context) {
            const { id, name, avatarUrl, createdAt } = backend.enter(context);
            return { user: { id, name, avatarUrl, createdAt: timestampFromDate(createdAt) } };
        },
    });
    if (servesV1) {
        router.service(OrganizationService, organizationsService(backend));
        router.service(WorkspaceService, workspaceV1Service(backend));
    }
    return router;
}
