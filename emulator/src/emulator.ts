import { Backend } from "./backend";
import type { Call } from "./call-log";
import { controlApi, isControlPath } from "./control-api";
import type { Fault } from "./faults";
import { sendText } from "./http";
import type { EmulatorOptions } from "./options";
import { Outside } from "./outside";
import { routes } from "./routes";
import { rpcListener } from "./rpc-http";
import { LoopbackServer } from "./server";
import type { TeamView } from "./teams";
import type { User } from "./users";
import { type WindowView, windowView } from "./window-view";
import { latestInstance, type Phase, type StartPlan, viewOf, type WorkspaceView } from "./workspace-records";

const FIRST_USER = "alice";

/** A Gitpod server in this process, all in memory. Several can run at once. */
export class Emulator {
    readonly outside: Outside;

    private constructor(
        private readonly backend: Backend,
        private readonly server: LoopbackServer,
        private readonly firstUser: User,
    ) {
        this.outside = new Outside(backend, firstUser.id);
    }

    static async start(options: EmulatorOptions = {}): Promise<Emulator> {
        const backend = new Backend(options);
        const firstUser = backend.users.add(FIRST_USER, options.token);
        const rpc = rpcListener(routes(backend, options.v1 ?? true), (response) =>
            sendText(response, 404, "404 page not found\n"),
        );
        let emulator: Emulator | undefined;
        const server = await LoopbackServer.listen({
            ...options,
            handle: (request, response) =>
                emulator !== undefined && isControlPath(request.url)
                    ? controlApi(emulator, request, response)
                    : rpc(request, response),
        });
        emulator = new Emulator(backend, server, firstUser);
        return emulator;
    }

    /** `http://127.0.0.1:PORT`, or `https://localhost:PORT` with TLS. */
    get url(): string {
        return this.server.url;
    }

    /** Token of the first user. */
    get token(): string {
        return this.firstUser.token;
    }

    get userId(): string {
        return this.firstUser.id;
    }

    /** Every call that reached an RPC with a request that could be read. */
    get calls(): readonly Call[] {
        return this.backend.log.calls;
    }

    clearCalls(): void {
        this.backend.log.clear();
    }

    /** The next such call, when it arrives and before its work is done. */
    nextCall(rpc: string): Promise<Call> {
        return this.backend.log.next(rpc);
    }

    fail(fault: Fault): void {
        this.backend.faults.add(fault);
    }

    clearFaults(): void {
        this.backend.faults.clear();
    }

    /** Plans queue up; each instance that starts takes one. */
    nextStart(plan: StartPlan): void {
        this.backend.workspaces.planNextStart(plan);
    }

    addUser(name: string): { id: string; token: string } {
        const { id, token } = this.backend.users.add(name);
        return { id, token };
    }

    /** Made behind the API's back. Owner and members are user ids; the first user owns it by default. */
    addTeam(name: string, options: { owner?: string; members?: string[] } = {}): { id: string } {
        const team = this.backend.teams.create(name, options.owner ?? this.userId);
        for (const member of options.members ?? []) {
            this.backend.teams.join(team, member);
        }
        return { id: team.id };
    }

    users(): { id: string; name: string; token: string }[] {
        return this.backend.users.all().map(({ id, name, token }) => ({ id, name, token }));
    }

    /** What this server has given out that must get into nobody's hands: tokens, owner tokens and invitations. */
    secrets(): string[] {
        const { users, workspaces, teams } = this.backend;
        const tokens = users.all().map(({ token }) => token);
        const owners = workspaces
            .all()
            .flatMap(({ instances }) => instances.flatMap(({ ownerToken }) => ownerToken ?? []));
        return [...tokens, ...owners, ...teams.invitations()];
    }

    /** Every workspace that has not been purged, soft-deleted ones too. */
    workspaces(): WorkspaceView[] {
        return this.backend.workspaces.all().map(viewOf);
    }

    /** Every team, deleted ones too. */
    teams(): TeamView[] {
        return this.backend.teams.views();
    }

    /** What its page shows. */
    window(): WindowView {
        const { workspaces, teams, users, log } = this.backend;
        return windowView({
            workspaces: workspaces.all(),
            teams: teams.views(),
            users: users.all(),
            calls: log.calls,
            now: Date.now(),
        });
    }

    /** Resolves when the workspace's latest instance is, or comes to be, in the phase. */
    whenPhase(workspaceId: string, phase: Phase): Promise<void> {
        const workspace = this.backend.workspaces.find(workspaceId);
        if (workspace === undefined) {
            return Promise.reject(new Error(`there is no workspace ${workspaceId}`));
        }
        if (latestInstance(workspace)?.phase === phase) {
            return Promise.resolve();
        }
        return new Promise((resolve) => {
            const unwatch = this.backend.workspaces.watch(workspaceId, (instance) => {
                if (instance.phase === phase) {
                    unwatch();
                    resolve();
                }
            });
        });
    }

    /** Ends all connections and timers. */
    async close(): Promise<void> {
        this.backend.timers.close();
        await this.server.close();
    }
}
