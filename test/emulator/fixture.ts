import {
    type Client,
    ConnectError,
    createClient,
    type Interceptor,
    type Transport,
} from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import type { Emulator } from "gitpod-emulator";
import { TeamsService } from "../../emulator/src/gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "../../emulator/src/gen/gitpod/experimental/v1/user_pb";
import { WorkspacesService } from "../../emulator/src/gen/gitpod/experimental/v1/workspaces_pb";
import { OrganizationService } from "../../emulator/src/gen/gitpod/v1/organization_pb";
import { WorkspaceService } from "../../emulator/src/gen/gitpod/v1/workspace_pb";

export const REPOSITORY = "https://github.com/acme/shop";

export interface Clients {
    workspaces: Client<typeof WorkspacesService>;
    teams: Client<typeof TeamsService>;
    users: Client<typeof UserService>;
    organizations: Client<typeof OrganizationService>;
    workspacesV1: Client<typeof WorkspaceService>;
}

export function bearer(token: string): Interceptor {
    return (next) => (request) => {
        request.header.set("Authorization", `Bearer ${token}`);
        return next(request);
    };
}

export function clientsOver(transport: Transport): Clients {
    return {
        workspaces: createClient(WorkspacesService, transport),
        teams: createClient(TeamsService, transport),
        users: createClient(UserService, transport),
        organizations: createClient(OrganizationService, transport),
        workspacesV1: createClient(WorkspaceService, transport),
    };
}

export function clientsOf(emulator: Emulator, token = emulator.token): Clients {
    return clientsOver(
        createConnectTransport({
            baseUrl: emulator.url,
            httpVersion: "1.1",
            interceptors: [bearer(token)],
        }),
    );
}

/** What a call was answered with: "ok", or the code of its error. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
    try {
        await call;
        return "ok";
    } catch (error) {
        return codeToString(ConnectError.from(error).code);
    }
}

/** Creates a workspace and returns its id. */
export async function createWorkspace(
    clients: Clients,
    organizationId: string,
    contextUrl = REPOSITORY,
): Promise<string> {
    const { workspaceId } = await clients.workspaces.createAndStartWorkspace({
        source: { case: "contextUrl", value: contextUrl },
        organizationId,
        startSpec: {},
    });
    return workspaceId;
}

/** From here on `setTimeout` and the limiter's clock stand still until `pass`. Everything else goes on as ever. */
export function stopTime(): void {
    jest.useFakeTimers({
        doNotFake: [
            "Date",
            "hrtime",
            "nextTick",
            "queueMicrotask",
            "setImmediate",
            "clearImmediate",
            "setInterval",
            "clearInterval",
        ],
    });
}

export function pass(ms: number): void {
    jest.advanceTimersByTime(ms);
}

export function resumeTime(): void {
    jest.useRealTimers();
}
