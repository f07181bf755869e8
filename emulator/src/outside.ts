import type { Backend } from "./backend";
import { type InstanceRecord, latestInstance, type Phase, type WorkspaceRecord } from "./workspace-records";

export interface GitChange {
    branch?: string;
    uncommitted?: string[];
    untracked?: string[];
    unpushed?: string[];
}

export interface OutsideWorkspace {
    contextUrl: string;
    organizationId: string;
    /** The first user by default. */
    ownerId?: string;
    /** Where it is in its life; by default it begins to start. */
    phase?: Phase;
}

/** What happens behind the client's back: no RPC, no log, no limit. Throws for ids that do not exist. */
export class Outside {
    constructor(
        private readonly backend: Backend,
        private readonly firstUserId: string,
    ) {}

    /** STOPPED at once. */
    stop(id: string): void {
        this.backend.workspaces.phases.end(this.instance(id));
    }

    /** Soft, with a request to stop, as when it is deleted in the dashboard. */
    delete(id: string): void {
        this.backend.workspaces.delete(this.workspace(id));
    }

    purge(id: string): void {
        this.backend.workspaces.purge(this.workspace(id));
    }

    timeOut(id: string): void {
        this.backend.workspaces.phases.end(this.instance(id), { timeout: "workspace timed out" });
    }

    failInstance(id: string, reason: string): void {
        this.backend.workspaces.phases.end(this.instance(id), { failed: reason });
    }

    /** A new instance if there is none that lives; an interrupted or unknown one runs again. */
    start(id: string): void {
        const workspace = this.workspace(id);
        const instance = latestInstance(workspace);
        if (instance === undefined || instance.phase === "STOPPED") {
            this.backend.workspaces.launch(workspace);
        } else if (instance.phase === "INTERRUPTED" || instance.phase === "UNSPECIFIED") {
            this.backend.workspaces.phases.hold(instance, "RUNNING");
        }
    }

    interrupt(id: string): void {
        this.backend.workspaces.phases.hold(this.instance(id), "INTERRUPTED");
    }

    unknownPhase(id: string): void {
        this.backend.workspaces.phases.hold(this.instance(id), "UNSPECIFIED");
    }

    setGitStatus(id: string, change: GitChange): void {
        const workspace = this.workspace(id);
        workspace.git = { ...workspace.git, ...change };
        const instance = latestInstance(workspace);
        if (instance !== undefined) {
            this.backend.workspaces.reported(instance);
        }
    }

    /** Somebody opened the workspace. */
    touch(id: string): void {
        const instance = this.instance(id);
        instance.firstUserActivity ??= new Date();
        this.backend.workspaces.reported(instance);
    }

    removeInstance(id: string): void {
        this.backend.workspaces.removeInstances(this.workspace(id));
    }

    create(init: OutsideWorkspace): string {
        if (this.backend.teams.find(init.organizationId) === undefined) {
            throw new Error(`there is no team ${init.organizationId}`);
        }
        const workspace = this.backend.workspaces.add({
            ownerId: init.ownerId ?? this.firstUserId,
            organizationId: init.organizationId,
            contextUrl: init.contextUrl,
        });
        if (init.phase === undefined) {
            this.backend.workspaces.launch(workspace);
        } else {
            this.backend.workspaces.launchAt(workspace, init.phase);
        }
        return workspace.id;
    }

    renameTeam(id: string, name: string): void {
        this.backend.teams.rename(this.team(id), name);
    }

    deleteTeam(id: string): void {
        this.backend.teams.delete(this.team(id));
    }

    /** Even the last owner can be made to leave from here. */
    leaveTeam(teamId: string, userId: string): void {
        const team = this.team(teamId);
        team.members = team.members.filter((member) => member.userId !== userId);
    }

    private workspace(id: string): WorkspaceRecord {
        const workspace = this.backend.workspaces.find(id);
        if (workspace === undefined) {
            throw new Error(`there is no workspace ${id}`);
        }
        return workspace;
    }

    private instance(id: string): InstanceRecord {
        const instance = latestInstance(this.workspace(id));
        if (instance === undefined) {
            throw new Error(`workspace ${id} has no instance`);
        }
        return instance;
    }

    private team(id: string) {
        const team = this.backend.teams.find(id);
        if (team === undefined) {
            throw new Error(`there is no team ${id}`);
        }
        return team;
    }
}
