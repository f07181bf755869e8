import { GitpodClient } from "../../../provider/src/wire/client";
import type {
    Glimpse,
    Organization,
    Phase,
    Team,
    User,
    Workspace,
    WorkspaceClass,
    WorkspaceInstance,
    WorkspaceRequest,
} from "../../../provider/src/wire/domain";
import { failure } from "./failures";
import type { FakeClock } from "./fake-clock";

export const ADA: User = { id: "ada-id", name: "ada" };
export const ORG = "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b";
export const SHOP = "https://github.com/acme/shop";

type Method = Exclude<keyof GitpodClient, "close">;

interface Fault {
    method: Method;
    error: Error;
    /** Whether the server does the work, and only its answer is lost. */
    done: boolean;
}

/** A run of a workspace in a phase. */
export function instanceIn(phase: Phase, rest: Partial<WorkspaceInstance> = {}): WorkspaceInstance {
    return { id: "run-1", phase, ports: [], touched: false, ...rest };
}

/** A workspace of Ada's. */
export function workspaceIn(
    id: string,
    phase: Phase | undefined,
    rest: Partial<WorkspaceInstance> = {},
): Workspace {
    const workspace = { id, ownerId: ADA.id, context: { contextUrl: SHOP } };
    return phase === undefined ? workspace : { ...workspace, instance: instanceIn(phase, rest) };
}

/** Gitpod in a few lines: what the client's methods do to two maps, with faults and later changes on request. */
export class FakeClient extends GitpodClient {
    readonly workspaces = new Map<string, Workspace>();
    /** Ids that are deleted, and still answered by their id. */
    readonly deleted = new Set<string>();
    readonly teams = new Map<string, Team>();
    readonly calls: { method: Method; at: number; argument?: unknown }[] = [];
    readonly #faults: Fault[] = [];
    readonly #later: { at: number; change: () => void }[] = [];
    me = ADA;
    /** Whom the longer list of `gitpod.v1` shows; not served where it is absent. */
    idsV1: string[] | undefined;
    /** Whether that list shows what variables a workspace got by its context URL. */
    tellsVariables = true;
    classes: WorkspaceClass[] = [];
    /** What a start, a stop and a deletion do. */
    started = (id: string): void => this.run(id, "PREPARING", 2_000, "RUNNING");
    stopped = (id: string): void => this.run(id, "STOPPING", 2_000, "STOPPED");
    removed = (id: string): void => void this.deleted.add(id);
    #count = 0;

    constructor(readonly clock: FakeClock) {
        super({ url: new URL("http://127.0.0.1:1"), token: "never-sent", userAgent: "test" }, clock);
    }

    /** The next calls of a method fail, before the work is done. */
    fail(method: Method, ...errors: Error[]): void {
        this.#faults.push(...errors.map((error) => ({ method, error, done: false })));
    }

    /** The next call of a method does its work, and its answer is lost. */
    lose(method: Method, error: Error = failure("deadline_exceeded")): void {
        this.#faults.push({ method, error, done: true });
    }

    /** When a method was called. */
    times(method: Method): number[] {
        return this.calls.filter((call) => call.method === method).map(({ at }) => at);
    }

    put(workspace: Workspace): Workspace {
        this.workspaces.set(workspace.id, workspace);
        return workspace;
    }

    /** Changes something as soon as somebody looks after `ms`. */
    later(ms: number, change: () => void): void {
        this.#later.push({ at: this.clock.now() + ms, change });
    }

    /** Shows a workspace in a phase; a later one replaces it after `ms`. A start makes a new instance. */
    run(id: string, phase: Phase, ms: number, then: Phase): void {
        const set = (next: Phase, fresh: boolean): void => {
            const workspace = this.workspaces.get(id) ?? workspaceIn(id, next);
            const { id: run = "run-0", ...rest } = workspace.instance ?? instanceIn(next);
            const instance = { ...(fresh ? instanceIn(next) : rest), phase: next };
            this.put({
                ...workspace,
                instance: { ...instance, id: fresh ? `run-${++this.#count + 1}` : run },
            });
        };
        set(phase, phase === "PREPARING");
        this.later(ms, () => set(then, false));
    }

    /** How long calls wait for their turn before they are sent. */
    readonly turns = new Map<Method, number>();

    async #call<T>(method: Method, argument: unknown, work: () => T): Promise<T> {
        const turnMs = this.turns.get(method);
        if (turnMs !== undefined) {
            await this.clock.sleep(turnMs);
        }
        this.calls.push({ method, at: this.clock.now(), ...(argument === undefined ? {} : { argument }) });
        const due = this.#later.filter(({ at }) => at <= this.clock.now());
        for (const late of due) {
            this.#later.splice(this.#later.indexOf(late), 1);
            late.change();
        }
        const index = this.#faults.findIndex((fault) => fault.method === method);
        const [fault] = index < 0 ? [] : this.#faults.splice(index, 1);
        if (fault?.done === false) {
            throw fault.error;
        }
        const result = work();
        if (fault !== undefined) {
            throw fault.error;
        }
        return result;
    }

    #found<T>(items: Map<string, T>, id: string): T {
        const item = items.get(id);
        if (item === undefined) {
            throw failure("not_found", { message: `${id} not found.` });
        }
        return item;
    }

    override whoAmI(): Promise<User> {
        return this.#call("whoAmI", undefined, () => this.me);
    }

    override listWorkspaces(organizationId: string | undefined): Promise<Workspace[]> {
        return this.#call("listWorkspaces", organizationId, () =>
            [...this.workspaces.values()]
                .filter(({ id, ownerId }) => !this.deleted.has(id) && ownerId === this.me.id)
                .slice(0, 100),
        );
    }

    override listWorkspacesV1(organizationId: string): Promise<Glimpse[]> {
        return this.#call("listWorkspacesV1", organizationId, () => {
            if (this.idsV1 === undefined) {
                throw failure("unimplemented");
            }
            return this.idsV1.map((id) => this.#glimpse(id));
        });
    }

    #glimpse(id: string): Glimpse {
        const { ownerId = this.me.id, context, instance } = this.workspaces.get(id) ?? {};
        const [head = "", target] = context?.contextUrl.split(/\/(.*)/s) ?? [];
        const pairs =
            this.tellsVariables && target !== undefined && head.includes("=") ? head.split(",") : [];
        const variables = pairs.map((pair) => {
            const [name = "", value = ""] = pair.split("=");
            return { name, value };
        });
        if (instance === undefined) {
            return { id, ownerId, variables };
        }
        const { createdAt, message, touched, ...shown } = instance;
        return { id, ownerId, variables, instance: shown };
    }

    override getWorkspace(workspaceId: string): Promise<Workspace> {
        return this.#call("getWorkspace", workspaceId, () => this.#found(this.workspaces, workspaceId));
    }

    override createWorkspace(request: WorkspaceRequest): Promise<string> {
        return this.#call("createWorkspace", request, () => {
            const id = `made-${++this.#count}`;
            this.put({ id, ownerId: this.me.id, context: { contextUrl: request.contextUrl } });
            this.started(id);
            return id;
        });
    }

    override startWorkspace(workspaceId: string): Promise<Workspace> {
        return this.#call("startWorkspace", workspaceId, () => {
            this.started(this.#found(this.workspaces, workspaceId).id);
            return this.#found(this.workspaces, workspaceId);
        });
    }

    override stopWorkspace(workspaceId: string): Promise<void> {
        return this.#call("stopWorkspace", workspaceId, () =>
            this.stopped(this.#found(this.workspaces, workspaceId).id),
        );
    }

    override deleteWorkspace(workspaceId: string): Promise<void> {
        return this.#call("deleteWorkspace", workspaceId, () =>
            this.removed(this.#found(this.workspaces, workspaceId).id),
        );
    }

    override listWorkspaceClasses(): Promise<WorkspaceClass[]> {
        return this.#call("listWorkspaceClasses", undefined, () => this.classes);
    }

    override listTeams(): Promise<Team[]> {
        return this.#call("listTeams", undefined, () => [...this.teams.values()]);
    }

    override getTeam(teamId: string): Promise<Team> {
        return this.#call("getTeam", teamId, () => this.#found(this.teams, teamId));
    }

    override createTeam(name: string): Promise<Team> {
        return this.#call("createTeam", name, () => this.putTeam(`team-${++this.#count}`, name));
    }

    override deleteTeam(teamId: string): Promise<void> {
        return this.#call("deleteTeam", teamId, () => {
            this.teams.delete(this.#found(this.teams, teamId).id);
        });
    }

    override getOrganization(organizationId: string): Promise<Organization> {
        return this.#call("getOrganization", organizationId, () => {
            const { id, name } = this.#found(this.teams, organizationId);
            return { id, name, slug: name.toLowerCase() };
        });
    }

    override renameOrganization(organizationId: string, name: string): Promise<Organization> {
        return this.#call("renameOrganization", organizationId, () => {
            const { id } = this.#found(this.teams, organizationId);
            this.teams.set(id, { ...this.#found(this.teams, id), name });
            return { id, name };
        });
    }

    /** A team that the caller owns. */
    putTeam(id: string, name: string): Team {
        const team: Team = { id, name, members: [{ userId: this.me.id, role: "owner" }] };
        this.teams.set(id, team);
        return team;
    }
}
