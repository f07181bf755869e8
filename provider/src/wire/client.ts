import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient } from "@connectrpc/connect";
import type { Clock } from "./clock";
import { MalformedAnswer, toGlimpse, toOrganization, toTeam, toWorkspace } from "./convert";
import { isExperimental, sharedPoints } from "./cost";
import type {
    Glimpse,
    Organization,
    Team,
    User,
    Workspace,
    WorkspaceClass,
    WorkspaceRequest,
} from "./domain";
import { GitpodError } from "./error";
import { TeamsService } from "./gen/gitpod/experimental/v1/teams_pb";
import { UserService } from "./gen/gitpod/experimental/v1/user_pb";
import { WorkspacesService } from "./gen/gitpod/experimental/v1/workspaces_pb";
import { OrganizationService } from "./gen/gitpod/v1/organization_pb";
import { WorkspaceService } from "./gen/gitpod/v1/workspace_pb";
import { Pacer, SHARED_PACE, START_PACE } from "./pacer";
import { DEADLINES, type Effect, withRetry } from "./retry";
import { TokenVerdict } from "./token-verdict";
import { Connection, type Endpoint, HANDSHAKE_MS } from "./transport";

/** The longest list of workspaces that the experimental API gives; there is no second page. */
export const LIST_LIMIT = 100;
/** The same for `gitpod.v1`. */
export const LIST_LIMIT_V1 = 400;

/** How long a create may take before its answer counts as lost, in milliseconds. */
export const CREATE_DEADLINE_MS = DEADLINES["once-limited"];

/** Gitpod's public API in our own types: one method a call, one connection for all. */
export class GitpodClient {
    readonly #connection: Connection;
    readonly #clock: Clock;
    readonly #creates: Pacer;
    readonly #starts: Pacer;
    readonly #shared: Pacer;
    readonly #token: TokenVerdict;

    /** @param beforeStart throws where no workspace may be created or started any more */
    constructor(endpoint: Endpoint, clock: Clock, beforeStart: () => void = () => undefined) {
        this.#connection = new Connection(endpoint, clock.real(HANDSHAKE_MS));
        this.#clock = clock;
        this.#creates = new Pacer(clock, START_PACE, beforeStart);
        this.#starts = new Pacer(clock, START_PACE, beforeStart);
        this.#shared = new Pacer(clock, SHARED_PACE, () => undefined);
        this.#token = new TokenVerdict(() => this.#failureOfV1());
    }

    /** Ends the connection. */
    close(): void {
        this.#connection.close();
    }

    whoAmI(): Promise<User> {
        return this.#call(UserService, "GetAuthenticatedUser", "read", async (client, options) => {
            const { user } = await client.getAuthenticatedUser({}, options);
            if (user === undefined || user.id === "") {
                throw new MalformedAnswer("a user without an id");
            }
            return { id: user.id, name: user.name };
        });
    }

    /**
     * The caller's own workspaces, running ones first, those of one organization where it is given. Deleted
     * ones are left out. A list of {@link LIST_LIMIT} may be cut, and proves no absence.
     */
    async listWorkspaces(organizationId: string | undefined): Promise<Workspace[]> {
        return (await this.listWorkspacePage(organizationId, LIST_LIMIT)).workspaces;
    }

    /** The same with another length of the list, and the token of a next page, which the server never gives. */
    listWorkspacePage(
        organizationId: string | undefined,
        pageSize: number,
    ): Promise<{ workspaces: Workspace[]; nextPageToken: string }> {
        return this.#call(WorkspacesService, "ListWorkspaces", "read", async (client, options) => {
            const { result, nextPageToken } = await client.listWorkspaces(
                { pagination: { pageSize }, organizationId: organizationId ?? "" },
                options,
            );
            return { workspaces: result.map(toWorkspace), nextPageToken };
        });
    }

    /** The caller's own workspaces by `gitpod.v1`: a longer list, with limits of its own, that tells less. */
    listWorkspacesV1(organizationId: string): Promise<Glimpse[]> {
        return this.#call(WorkspaceService, "ListWorkspaces", "read", async (client, options) => {
            const { workspaces } = await client.listWorkspaces(
                { pagination: { pageSize: LIST_LIMIT_V1 }, organizationId },
                options,
            );
            return workspaces.map(toGlimpse);
        });
    }

    /** A workspace by its id. Soft-deleted ones are answered too, and look like any other. */
    getWorkspace(workspaceId: string): Promise<Workspace> {
        return this.#call(WorkspacesService, "GetWorkspace", "read", async (client, options) =>
            toWorkspace((await client.getWorkspace({ workspaceId }, options)).result),
        );
    }

    /** Creates a workspace and starts it. Returns its id before it runs. */
    createWorkspace(request: WorkspaceRequest): Promise<string> {
        return this.#call(
            WorkspacesService,
            "CreateAndStartWorkspace",
            "once-limited",
            async (client, options) => {
                const { workspaceId } = await client.createAndStartWorkspace(
                    {
                        source: { case: "contextUrl", value: request.contextUrl },
                        organizationId: request.organizationId,
                        forceDefaultConfig: request.forceDefaultConfig ?? false,
                        // Without a start spec the server crashes.
                        startSpec: {
                            workspaceClass: request.workspaceClass ?? "",
                            region: request.region ?? "",
                            ...(request.editor === undefined
                                ? {}
                                : {
                                      ideSettings: {
                                          defaultIde: request.editor.name,
                                          useLatestVersion: request.editor.latest,
                                      },
                                  }),
                        },
                    },
                    options,
                );
                if (workspaceId === "") {
                    throw new MalformedAnswer("a created workspace without an id");
                }
                return workspaceId;
            },
            this.#creates,
        );
    }

    /** Starts a stopped workspace; in any other phase it does nothing. */
    startWorkspace(workspaceId: string): Promise<Workspace> {
        return this.#call(
            WorkspacesService,
            "StartWorkspace",
            "repeatable",
            async (client, options) =>
                toWorkspace((await client.startWorkspace({ workspaceId }, options)).result),
            this.#starts,
        );
    }

    /** Asks for a stop, which comes later, or is lost while the workspace is being prepared. */
    async stopWorkspace(workspaceId: string): Promise<void> {
        await this.#call(WorkspacesService, "StopWorkspace", "repeatable", (client, options) =>
            client.stopWorkspace({ workspaceId }, options),
        );
    }

    /** Marks a workspace as deleted. */
    async deleteWorkspace(workspaceId: string): Promise<void> {
        await this.#call(WorkspacesService, "DeleteWorkspace", "repeatable", (client, options) =>
            client.deleteWorkspace({ workspaceId }, options),
        );
    }

    /** The secret that opens a workspace; `not_found` until an instance has one. */
    getOwnerToken(workspaceId: string): Promise<string> {
        return this.#call(WorkspacesService, "GetOwnerToken", "read", async (client, options) => {
            const { token } = await client.getOwnerToken({ workspaceId }, options);
            if (token === "") {
                throw new MalformedAnswer("an empty owner token");
            }
            return token;
        });
    }

    listWorkspaceClasses(): Promise<WorkspaceClass[]> {
        return this.#call(WorkspacesService, "ListWorkspaceClasses", "read", async (client, options) => {
            const { result } = await client.listWorkspaceClasses({}, options);
            return result.map(({ id, displayName, description, isDefault }) => ({
                id,
                displayName,
                description,
                isDefault,
            }));
        });
    }

    /** The teams that the caller is a member of. */
    listTeams(): Promise<Team[]> {
        return this.#call(TeamsService, "ListTeams", "read", async (client, options) =>
            (await client.listTeams({}, options)).teams.map(toTeam),
        );
    }

    getTeam(teamId: string): Promise<Team> {
        return this.#call(TeamsService, "GetTeam", "read", async (client, options) =>
            toTeam((await client.getTeam({ teamId }, options)).team),
        );
    }

    /** Creates a team. The server makes it first and reads it then: a failure does not mean that there is none. */
    createTeam(name: string): Promise<Team> {
        return this.#call(TeamsService, "CreateTeam", "once", async (client, options) =>
            toTeam((await client.createTeam({ name }, options)).team),
        );
    }

    async deleteTeam(teamId: string): Promise<void> {
        await this.#call(TeamsService, "DeleteTeam", "repeatable", (client, options) =>
            client.deleteTeam({ teamId }, options),
        );
    }

    getOrganization(organizationId: string): Promise<Organization> {
        return this.#call(OrganizationService, "GetOrganization", "read", async (client, options) =>
            toOrganization((await client.getOrganization({ organizationId }, options)).organization),
        );
    }

    /** Renames a team. Each call may change the slug, even one to the same name. */
    renameOrganization(organizationId: string, name: string): Promise<Organization> {
        return this.#call(
            OrganizationService,
            "UpdateOrganization",
            "once-limited",
            async (client, options) =>
                toOrganization(
                    (await client.updateOrganization({ organizationId, name }, options)).organization,
                ),
        );
    }

    async #call<S extends DescService, T>(
        service: S,
        method: string,
        effect: Effect,
        send: (client: Client<S>, options: { timeoutMs: number }) => Promise<T>,
        pacer?: Pacer,
    ): Promise<T> {
        const operation = `${service.name}/${method}`;
        const timeoutMs = this.#clock.real(DEADLINES[effect]);
        const experimental = isExperimental(service);
        const attempt = async (): Promise<T> => {
            try {
                const client = createClient(service, await this.#connection.transport());
                const answer = await send(client, { timeoutMs });
                if (experimental) {
                    this.#token.accepted();
                }
                return answer;
            } catch (error) {
                throw await this.#token.on(GitpodError.from(error, operation), experimental);
            }
        };
        const points = sharedPoints(service, method);
        // What `beforeStart` throws stays what it is: no call was sent that could have failed.
        const paced = (): Promise<T> => (pacer === undefined ? attempt() : pacer.run(attempt));
        return withRetry(effect, this.#clock, () =>
            points === 0 ? paced() : this.#shared.run(paced, points),
        );
    }

    /** How a call of `gitpod.v1` fails that asks for nothing, which it does also for a good token. */
    async #failureOfV1(): Promise<GitpodError | undefined> {
        try {
            const client = createClient(OrganizationService, await this.#connection.transport());
            await client.getOrganization({}, { timeoutMs: this.#clock.real(DEADLINES.read) });
            return undefined;
        } catch (error) {
            return GitpodError.from(error, "OrganizationService/GetOrganization");
        }
    }
}
