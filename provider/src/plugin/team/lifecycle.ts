import type { Team, User } from "../../wire/domain";
import { GitpodError, hasCode } from "../../wire/error";
import { type Bag, partialFailure } from "../bag";
import { LOOKS_FIRST, lookAfter, oneAtATime } from "../lost-answer";
import type { Runtime } from "../runtime";
import { MAX_RENAME, type TeamInputs } from "./inputs";
import { type TeamState, toInputs, toState } from "./state";

/** How long a create may take before its answer counts as lost, in milliseconds. */
const CREATE_DEADLINE_MS = 120_000;
/** A deletion is looked for this often, with a tick between, before it counts as not done. */
const DELETE_LOOKS = 3;
const DELETE_PAUSE_MS = 2_000;

function owns(user: User, team: Team): boolean {
    return team.members.some(({ userId, role }) => userId === user.id && role === "owner");
}

/** The slug, which only `gitpod.v1` knows; absent where the installation does not serve it. */
export async function slugOf({ client }: Runtime, id: string): Promise<string | undefined> {
    try {
        return (await client.getOrganization(id)).slug;
    } catch (error) {
        if (hasCode(error, "unimplemented")) {
            return undefined;
        }
        throw error;
    }
}

/** Creates a team, or takes over the one that `adopt` names. */
export async function createTeam(
    runtime: Runtime,
    inputs: TeamInputs,
    provider: unknown,
): Promise<{ id: string; outs: Bag }> {
    const user = await runtime.observer.user();
    // One name at a time, so that each sees what the other has made.
    const team = await oneAtATime(`team ${inputs.name}`, () =>
        inputs.adopt === undefined
            ? createNew(runtime, inputs, user)
            : adopt(runtime, inputs.adopt, inputs.name, user),
    );
    let seen = team;
    try {
        seen = await rename(runtime, team, inputs.name);
        return { id: team.id, outs: { ...toState(inputs, seen, await slugOf(runtime, team.id)) } };
    } catch (error) {
        throw partialFailure(error, team.id, { ...toState(inputs, seen, undefined) }, provider);
    }
}

async function adopt({ client }: Runtime, id: string, name: string, user: User): Promise<Team> {
    const team = await client.getTeam(id);
    if (!owns(user, team)) {
        throw new Error(`team ${id} can't be adopted: ${user.name} is not an owner of it`);
    }
    if (team.name !== name && name.length > MAX_RENAME) {
        throw new Error(
            `team ${id} can't be adopted: it is named "${team.name}", and can be renamed to at most ${MAX_RENAME} characters, of which "${name}" has ${name.length}`,
        );
    }
    return team;
}

async function createNew(runtime: Runtime, inputs: TeamInputs, user: User): Promise<Team> {
    const { client, clock, held, log } = runtime;
    const { name } = inputs;
    const mine = async (): Promise<Team[]> =>
        (await client.listTeams()).filter((team) => team.name === name && owns(user, team));
    const before = await mine();
    if (before.length > 0 && inputs.allowDuplicateName !== true) {
        const ids = before.map(({ id }) => id).join(", ");
        throw new Error(
            `${user.name} already owns a team named "${name}": ${ids}. To manage it here set adopt to its id; to have another of that name set allowDuplicateName: true`,
        );
    }
    if (name.length > MAX_RENAME) {
        log(
            `warning: gitpod.Team "${name}": Gitpod renames only to names of at most ${MAX_RENAME} characters, so if this one is renamed elsewhere it can't be put back`,
        );
    }
    const deadline = clock.now() + CREATE_DEADLINE_MS;
    try {
        return await client.createTeam(name);
    } catch (error) {
        // The server makes the team and then reads it: any answer but one that was never asked for can hide it.
        if (!(error instanceof GitpodError) || error.neverSent) {
            throw error;
        }
        const find = async (): Promise<Team | undefined> => {
            const known = new Set(before.map(({ id }) => id));
            const fresh = (await mine()).filter(({ id }) => !known.has(id) && !held.has(id));
            if (fresh.length > 1) {
                const ids = fresh.map(({ id }) => id).join(", ");
                throw new Error(
                    `several teams named "${name}" may be the one that was just made: ${ids}. Name the one to keep with \`adopt\`, and delete the others`,
                );
            }
            return fresh[0];
        };
        return await lookAfter(runtime, error, deadline, find, LOOKS_FIRST);
    }
}

/**
 * Gives a team a name, and returns it as it is then. Only where it has another: each call may change the slug,
 * even one to the same name.
 */
async function rename({ client }: Runtime, team: Team, name: string): Promise<Team> {
    if (team.name === name) {
        return team;
    }
    try {
        await client.renameOrganization(team.id, name);
    } catch (error) {
        if (hasCode(error, "unimplemented")) {
            throw new Error(
                `team ${team.id} can't be renamed from "${team.name}" to "${name}": this installation does not serve gitpod.v1.OrganizationService, the only API that renames. Nothing was changed; rename it in Gitpod, or put the old name back in the program`,
                { cause: error },
            );
        }
        const after = await client.getTeam(team.id);
        if (after.name === name) {
            // The answer was lost, not the work.
            return after;
        }
        throw error;
    }
    const after = await client.getTeam(team.id);
    if (after.name !== name) {
        throw new Error(
            `team ${team.id} is still named "${after.name}" although the server accepted "${name}"; run \`pulumi up\` again`,
        );
    }
    return after;
}

export async function updateTeam(
    runtime: Runtime,
    id: string,
    olds: TeamState,
    news: TeamInputs,
): Promise<{ outs: Bag }> {
    const team = await getSaved(runtime, id, olds);
    if (team === undefined) {
        throw new Error(
            `team ${id} is no longer there: it was deleted behind Pulumi's back. Run \`pulumi up --refresh\` to make it again`,
        );
    }
    const renamed = await rename(runtime, team, news.name);
    return { outs: { ...toState(news, renamed, await slugOf(runtime, id)) } };
}

/**
 * A team that the state holds; `undefined` when it is gone. To somebody who is not a member the server says that a
 * team does not exist, so only a caller who was one when it was seen last can tell, and the list must say so too.
 */
async function getSaved(
    { client, observer }: Runtime,
    id: string,
    saved: Partial<TeamState>,
): Promise<Team | undefined> {
    try {
        return await client.getTeam(id);
    } catch (error) {
        if (!hasCode(error, "not_found")) {
            throw error;
        }
        const user = await observer.user();
        if (saved.members?.some(({ userId }) => userId === user.id) === false) {
            throw new Error(
                `team ${id} can't be seen by ${user.name} (${user.id}), who was not a member when it was seen last; use a token of a member`,
                { cause: error },
            );
        }
        if ((await client.listTeams()).some((team) => team.id === id)) {
            throw error;
        }
        return undefined;
    }
}

export async function readTeam(
    runtime: Runtime,
    id: string,
    saved: Partial<TeamState>,
): Promise<{ id: string; props: Bag; inputs?: Bag }> {
    const team = await getSaved(runtime, id, saved);
    if (team === undefined) {
        return { id: "", props: {} };
    }
    const { allowDuplicateName, adopt } = saved;
    const declared = {
        ...(allowDuplicateName === undefined ? {} : { allowDuplicateName }),
        ...(adopt === undefined ? {} : { adopt }),
    };
    const state = toState(declared, team, await slugOf(runtime, id));
    return { id, props: { ...state }, inputs: { ...toInputs(state) } };
}

/** Deletes a team and reads it back: the server can say OK and keep it. */
export async function deleteTeam(runtime: Runtime, id: string, saved: TeamState): Promise<void> {
    const { client, clock } = runtime;
    if ((await getSaved(runtime, id, saved)) === undefined) {
        return;
    }
    for (let look = 0; look < DELETE_LOOKS; look++) {
        try {
            await client.deleteTeam(id);
        } catch (error) {
            if (!hasCode(error, "not_found")) {
                throw error;
            }
        }
        if ((await getSaved(runtime, id, saved)) === undefined) {
            return;
        }
        await clock.sleep(DELETE_PAUSE_MS);
    }
    throw new Error(
        `team ${id} is still there although the server accepted its deletion; run \`pulumi destroy\` again, or delete it in Gitpod`,
    );
}
