import type { DescService } from "@bufbuild/protobuf";

/** What calls cost of the limit that those of the experimental API share, where that is not 1: the server's inner calls count. */
const POINTS: Partial<Record<string, number>> = {
    // Has a limit of its own.
    CreateAndStartWorkspace: 0,
    StopWorkspace: 2,
    CreateTeam: 3,
    GetTeam: 3,
    // And two more for each team that there is.
    ListTeams: 5,
};

export function isExperimental(service: DescService): boolean {
    return service.file.proto.package === "gitpod.experimental.v1";
}

/** What a call costs of the shared limit; each method of `gitpod.v1` has a limit of its own. */
export function sharedPoints(service: DescService, method: string): number {
    return isExperimental(service) ? (POINTS[method] ?? 1) : 0;
}
