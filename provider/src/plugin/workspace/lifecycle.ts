import { isWhole, type Sighting, type Workspace } from "../../wire/domain";
import { type Bag, partialFailure, pick } from "../bag";
import { parseDuration } from "../duration";
import type { Runtime } from "../runtime";
import { adopt } from "./adopt";
import { resourceName } from "./context-url";
import { type Created, createOrFind } from "./create";
import { Drive, type Goal, type Target } from "./drive";
import type { WorkspaceInputs } from "./inputs";
import { existenceOf } from "./presence";
import type { Attempt, Desired } from "./reconcile";
import { type Observed, observe, observedOf, toBag, toState, type WorkspaceState } from "./state";

const DEFAULT_TIMEOUTS = { start: "20m", stop: "10m", delete: "10m" } as const;

export function timeoutMs(
    inputs: Pick<WorkspaceInputs, "timeouts">,
    kind: keyof typeof DEFAULT_TIMEOUTS,
): number {
    const standard = parseDuration(DEFAULT_TIMEOUTS[kind]) ?? 0;
    return parseDuration(inputs.timeouts?.[kind] ?? "") ?? standard;
}

export function nameOf(inputs: Pick<WorkspaceInputs, "mark">, id: string): string {
    return inputs.mark === undefined ? id : resourceName(inputs.mark);
}

function goalOf(inputs: WorkspaceInputs, desired: Desired): Goal {
    const timeoutKey = desired === "stopped" ? "stop" : "start";
    return {
        desired,
        waitForRunning: (inputs.waitFor ?? "ready") === "ready",
        timeoutMs: timeoutMs(inputs, timeoutKey),
        timeoutKey,
    };
}

/** The organization of a workspace that names none: the configured one, else the caller's only one. */
async function defaultOrganization({ config, observer }: Runtime): Promise<string> {
    if (config.organizationId !== undefined) {
        return config.organizationId;
    }
    const teams = await observer.teams();
    const [only] = teams;
    if (only === undefined || teams.length > 1) {
        const known = teams.map(({ id, name }) => `${id} (${name})`).join(", ");
        throw new Error(
            `organizationId is not set, and this token's user is in ${teams.length === 0 ? "no organization" : `several: ${known}`}; set it on the workspace or as gitpod:organizationId`,
        );
    }
    return only.id;
}

/** Creates a workspace, or takes one over, and brings it where it is declared to be. */
export async function createWorkspace(
    runtime: Runtime,
    inputs: WorkspaceInputs,
    provider: unknown,
): Promise<{ id: string; outs: Bag }> {
    // First of all, since it tells a bad token from everything else that a create can be refused for.
    const { id: ownerId } = await runtime.observer.user();
    const organizationId = inputs.organizationId ?? (await defaultOrganization(runtime));
    const name = nameOf(inputs, "");
    const { id, workspace, started } =
        inputs.adopt === undefined
            ? await createOrFind(runtime, inputs, organizationId, name)
            : await takeOver(runtime, inputs, inputs.adopt, organizationId);
    // From here on the workspace exists: whatever fails, it is saved.
    const outs = await bring(runtime, inputs, provider, {
        target: { id, organizationId, name },
        desired: firstDesire(inputs),
        attempt: started ? { kind: "started" } : { kind: "none" },
        workspace,
        last: { ownerId, running: true },
    });
    return { id, outs };
}

async function takeOver(
    runtime: Runtime,
    inputs: WorkspaceInputs,
    id: string,
    organizationId: string,
): Promise<Created> {
    const workspace = await adopt(runtime, inputs, id, organizationId);
    runtime.held.add(id);
    return { id, workspace, started: false };
}

function desireOf(running: boolean | undefined): Desired {
    if (running === undefined) {
        return "unmanaged";
    }
    return running ? "running" : "stopped";
}

/** A new workspace starts whatever is declared, so its first run is waited for; an adopted one is left as it is. */
function firstDesire({ adopt: adopted, running }: WorkspaceInputs): Desired {
    return running === undefined && adopted === undefined ? "running" : desireOf(running);
}

/** Brings a workspace where it is to be and gives back its state; a failure carries the state, to be saved. */
async function bring(
    runtime: Runtime,
    inputs: WorkspaceInputs,
    provider: unknown,
    from: {
        target: Target;
        desired: Desired;
        attempt: Attempt;
        workspace: Workspace | undefined;
        last: Observed;
    },
): Promise<Bag> {
    const { target, desired, attempt, last } = from;
    const state = (seen: Sighting | undefined): Bag => {
        const observed = seen === undefined ? last : { ...lasting(last), ...observe(seen, last.running) };
        return toBag(toState(inputs, target.organizationId, observed));
    };
    const drive = new Drive(runtime, target, goalOf(inputs, desired), from.workspace, attempt);
    try {
        const seen = await drive.run();
        return state(isWhole(seen) ? seen : await runtime.client.getWorkspace(target.id));
    } catch (error) {
        throw partialFailure(error, target.id, state(drive.workspace), provider);
    }
}

/** What was seen of a workspace that stays with it, whatever becomes of its runs: a glimpse does not show it again. */
function lasting(last: Observed): Partial<Observed> {
    return pick(last, ["context", "projectId"]);
}

/** Whether the saved state leaves something to do, or to find out, for the declared running state. */
export function needsAction(olds: WorkspaceState, news: WorkspaceInputs): boolean {
    if (olds.context === undefined) {
        // It was never seen: the server may have said that it made one, and made none.
        return true;
    }
    if (news.running === undefined) {
        return false;
    }
    if (olds.running !== news.running) {
        return true;
    }
    if (news.running) {
        const settled = olds.phase === "RUNNING" || olds.phase === "INTERRUPTED";
        return !settled && (news.waitFor ?? "ready") === "ready";
    }
    return olds.phase !== undefined && olds.phase !== "STOPPED";
}

/** Starts or stops where the declaration asks for it, and saves the rest. */
export async function updateWorkspace(
    runtime: Runtime,
    id: string,
    olds: WorkspaceState,
    news: WorkspaceInputs,
    provider: unknown,
): Promise<{ outs: Bag }> {
    const { organizationId } = olds;
    const last = observedOf(olds);
    if (!needsAction(olds, news)) {
        return { outs: toBag(toState(news, organizationId, last)) };
    }
    const presence = await runtime.observer.presence(id, organizationId);
    const existence = await existenceOf(runtime, id, olds.ownerId, presence);
    if (existence.kind === "gone") {
        throw new Error(
            `workspace ${id} is no longer there: it was deleted behind Pulumi's back, or by Gitpod after two weeks without use. Run \`pulumi up --refresh\` to make it again`,
        );
    }
    const outs = await bring(runtime, news, provider, {
        target: { id, organizationId, name: nameOf(news, id) },
        desired: desireOf(news.running),
        // A start that was under way when the state was saved is waited for: starting again what has failed since
        // would not have been in the preview.
        attempt: olds.running && news.running === true ? { kind: "started" } : { kind: "none" },
        workspace: existence.kind === "alive" ? existence.workspace : undefined,
        last,
    });
    return { outs };
}
