import type { Team, TeamMember } from "../../wire/domain";
import { withoutUndefined } from "../bag";
import type { TeamInputs } from "./inputs";

/** What the state holds of a team. */
export interface TeamState extends TeamInputs {
    slug?: string;
    members: TeamMember[];
    /** Whoever has it can join the team. */
    invitationId?: string;
}

/** The state of a team that is declared by `inputs` and was seen as `team`. */
export function toState(inputs: Partial<TeamInputs>, team: Team, slug: string | undefined): TeamState {
    return withoutUndefined({
        ...inputs,
        name: team.name,
        slug,
        members: team.members,
        invitationId: team.invitationId,
    }) as TeamState;
}

/** The inputs that a saved state was made from; the name as it was observed, which is what makes drift visible. */
export function toInputs({ name, adopt, allowDuplicateName }: TeamState): TeamInputs {
    return withoutUndefined({ name, adopt, allowDuplicateName }) as TeamInputs;
}

/** Only the name is compared: members, invitation and slug change outside of anybody's program. */
export function diffTeam(
    olds: TeamState,
    news: TeamInputs,
): { changes: boolean; replaces: string[]; deleteBeforeReplace: boolean } {
    return { changes: olds.name !== news.name, replaces: [], deleteBeforeReplace: true };
}
