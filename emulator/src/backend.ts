import type { HandlerContext } from "@connectrpc/connect";
import { Authenticator } from "./auth";
import { CallLog } from "./call-log";
import { exchangeOf } from "./exchange";
import { ServerFailure } from "./failures";
import { Faults } from "./faults";
import { type Bucket, Limiter, SHARED_BUCKET } from "./limiter";
import type { EmulatorOptions } from "./options";
import { Teams } from "./teams";
import { Timers } from "./timers";
import { type User, Users } from "./users";
import type { WorkspaceRecord } from "./workspace-records";
import { Workspaces } from "./workspaces";

/** The state behind both APIs, and the questions that their RPCs have in common. */
export class Backend {
    readonly timers = new Timers();
    readonly users = new Users();
    readonly teams = new Teams();
    readonly log = new CallLog();
    readonly faults = new Faults();
    readonly auth = new Authenticator(this.users);
    readonly limiter: Limiter;
    readonly workspaces: Workspaces;

    constructor(options: EmulatorOptions) {
        this.limiter = new Limiter(options.limits ?? {});
        this.workspaces = new Workspaces(options, this.timers);
    }

    /** The caller of an experimental RPC, once the request itself has been found good, and what the call costs. */
    enter(context: HandlerContext, points = 1, bucket: Bucket = SHARED_BUCKET): User {
        const user = this.auth.experimentalCaller(context.requestHeader);
        this.limiter.chargeExperimental(user.id, bucket, points);
        return user;
    }

    /** A fellow member of the organization learns that the workspace exists, an outsider does not. */
    ownWorkspace(id: string, user: User): WorkspaceRecord {
        const workspace = this.workspaces.find(id);
        if (workspace?.ownerId === user.id) {
            return workspace;
        }
        if (
            workspace !== undefined &&
            this.teams.areFellows(workspace.ownerId, user.id, workspace.organizationId)
        ) {
            throw new ServerFailure("permissionDenied", `You do not have access to workspace ${id}`);
        }
        throw new ServerFailure("notFound", `Workspace ${id} not found.`);
    }
}

export function isNoop(context: HandlerContext): boolean {
    return exchangeOf(context.values).noop;
}
