import { isDeepStrictEqual } from "node:util";
import type { WorkspaceView } from "gitpod-emulator";
import { toError } from "../../provider/src/plugin/bag";
import { inTime, type Playground } from "./playground";

/** How the run after a fault came to the declared set. */
export type Way =
    /** By itself. */
    | "plain"
    /** What was declared was gone, and the error asked for a refresh. */
    | "refreshed"
    /** The error named the id to adopt, or said where to look for it. */
    | "adopted";

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** What an error has to hold for a person who reads it. */
const ADVICE =
    /run `?pulumi|try again|check |use a token|its words below say|adopt|set it|connect it|rename it|ask an owner|name its|make a new one|report it|is required|run fewer/i;

/** @throws where a message leaves a person alone with it */
export function assertAdvises(message: string): void {
    if (!ADVICE.test(message)) {
        throw new Error(`the message does not say what to do: ${message}`);
    }
}

/**
 * Promise 1, after whatever has gone wrong: one more `up` ends in exactly the declared set, or names the one thing that a
 * person must do, and does so once that is done. Then nothing is left to do, and a refresh finds nothing.
 */
export async function assertRecovers(playground: Playground, said = ""): Promise<Way> {
    const way = await upAsAPersonWould(playground, said);
    await playground.whenFaultIsOver();
    await assertExactSet(playground);
    const { model } = playground;
    await assertNoChanges(playground, "the next up");
    const before = model.saved;
    await inTime(model.refresh());
    if (model.saved?.id !== before?.id || !isDeepStrictEqual(model.saved?.inputs, before?.inputs)) {
        throw new Error(
            `the refresh found a drift: ${JSON.stringify(before?.inputs)} became ${JSON.stringify(model.saved?.inputs)}`,
        );
    }
    await assertNoChanges(playground, "the up after a refresh");
    await assertExactSet(playground);
    return way;
}

async function assertNoChanges({ model, declared }: Playground, what: string): Promise<void> {
    const step = await inTime(model.up(declared));
    if (step !== "same" && step !== "none") {
        throw new Error(`${what} still did a ${step}`);
    }
}

async function upAsAPersonWould(playground: Playground, said: string): Promise<Way> {
    const { model, operation } = playground;
    const [found] = said.includes("Look in Gitpod first") ? alive(playground) : [];
    if (found !== undefined) {
        playground.declared = { ...playground.declared, adopt: found.id };
        await inTime(model.up(playground.declared));
        return "adopted";
    }
    try {
        await inTime(model.up(playground.declared));
        return "plain";
    } catch (error) {
        const { message } = toError(error);
        if (message.includes("pulumi up --refresh")) {
            await inTime(model.up(playground.declared, { refresh: true }));
            return "refreshed";
        }
        const [adopt] = /set adopt to its id/.test(message) ? (UUID.exec(message) ?? []) : [];
        if (operation.resource === "team" && adopt !== undefined) {
            playground.declared = { ...playground.declared, adopt };
            await inTime(model.up(playground.declared));
            return "adopted";
        }
        throw error;
    }
}

async function assertExactSet(playground: Playground): Promise<void> {
    await (playground.operation.resource === "workspace" ? assertWorkspaces : assertTeams)(playground);
}

function assertIds(what: string, found: string[], { model, declared }: Playground): void {
    const expected = declared === undefined ? [] : [model.saved?.id];
    if (!isDeepStrictEqual(found, expected)) {
        throw new Error(`${what}: [${found.join(", ")}] exist, declared is [${expected.join(", ")}]`);
    }
}

function alive({ emulator }: Playground): WorkspaceView[] {
    return emulator.workspaces().filter(({ deleted }) => !deleted);
}

async function assertWorkspaces(playground: Playground): Promise<void> {
    const { emulator, declared } = playground;
    const workspaces = alive(playground);
    assertIds(
        "workspaces",
        workspaces.map(({ id }) => id),
        playground,
    );
    const wanted = declared?.["running"] === false ? "STOPPED" : "RUNNING";
    // What was not waited for, and what was deleted while it still ran, may be on its way.
    const waits = declared?.["waitFor"] !== "none" && declared?.["running"] !== undefined;
    for (const workspace of workspaces) {
        if (waits && workspace.phase !== wanted) {
            throw new Error(`workspace ${workspace.id} is ${workspace.phase}, and declared ${wanted}`);
        }
        await inTime(emulator.whenPhase(workspace.id, wanted));
    }
    for (const { id } of emulator.workspaces().filter(isDeletedAndNotStopped)) {
        throw new Error(`workspace ${id} is deleted and runs on`);
    }
}

function isDeletedAndNotStopped({ deleted, phase }: WorkspaceView): boolean {
    return deleted && phase !== undefined && phase !== "STOPPED";
}

async function assertTeams(playground: Playground): Promise<void> {
    const { emulator, declared, organizationId } = playground;
    const alive = emulator.teams().filter(({ id, deleted }) => !deleted && id !== organizationId);
    assertIds(
        "teams",
        alive.map(({ id }) => id),
        playground,
    );
    for (const { id, name } of alive) {
        if (name !== declared?.["name"]) {
            throw new Error(`team ${id} is named "${name}", and declared "${String(declared?.["name"])}"`);
        }
    }
}
