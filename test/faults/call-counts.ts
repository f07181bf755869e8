import type { Call } from "gitpod-emulator";

/** What a call costs of the 200 points a minute that a user has for all but creates; one where it is not named. */
const POINTS: Record<string, number> = { CreateAndStartWorkspace: 0, StopWorkspace: 2, StartWorkspace: 1 };

/** How often each RPC was called; those of `gitpod.v1` by their service too, since both APIs list workspaces. */
export function callsOf(calls: readonly Call[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { rpc, service } of calls) {
        const name = service.startsWith("gitpod.v1.") ? `v1 ${rpc}` : rpc;
        counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
}

/** The most points of the shared limit that any window of this length held. */
export function peakPoints(calls: readonly Call[], windowMs: number): number {
    const charged = calls.filter(({ service }) => !service.startsWith("gitpod.v1."));
    let peak = 0;
    let sum = 0;
    let first = 0;
    for (const call of charged) {
        sum += pointsOf(call);
        for (let oldest = charged[first]; oldest !== undefined && oldest.at <= call.at - windowMs; ) {
            sum -= pointsOf(oldest);
            first += 1;
            oldest = charged[first];
        }
        peak = Math.max(peak, sum);
    }
    return peak;
}

function pointsOf({ rpc }: Call): number {
    return POINTS[rpc] ?? 1;
}
