import { sharedPoints } from "../../../provider/src/wire/cost";
import { WorkspacesService } from "../../../provider/src/wire/gen/gitpod/experimental/v1/workspaces_pb";
import { type Pace, Pacer, SHARED_PACE, START_PACE } from "../../../provider/src/wire/pacer";
import { FakeClock } from "../support/fake-clock";

const COUNTS = [16, 100, 300];
/** A start that takes this long stands for all. */
const START_MS = 60_000;
const PARALLEL = [8, 32];

/** How long a pacer takes for so many calls, so many of them at a time, each of which then goes on for a while. */
async function timeOf(
    pace: Pace,
    calls: number,
    {
        points = 1,
        parallel = calls,
        workMs = 0,
    }: { points?: number; parallel?: number; workMs?: number } = {},
): Promise<string> {
    const clock = new FakeClock();
    const pacer = new Pacer(clock, pace, () => undefined);
    let left = calls;
    const slot = async (): Promise<void> => {
        while (left > 0) {
            left -= 1;
            await pacer.run(async () => undefined, points);
            await clock.sleep(workMs);
        }
    };
    await clock.until(Promise.all(Array.from({ length: parallel }, slot)));
    return words(clock.now());
}

function words(ms: number): string {
    const seconds = Math.round(ms / 1_000);
    const minutes = Math.floor(seconds / 60);
    const rest = `${seconds % 60} s`;
    return minutes === 0 ? rest : `${minutes} min ${rest}`;
}

/** What the limits mean for stacks of some sizes, as `docs/guides/limits.md` shows it: by the pacer itself. */
export async function limitsMarkdown(): Promise<string> {
    const points =
        sharedPoints(WorkspacesService, "StopWorkspace") + sharedPoints(WorkspacesService, "DeleteWorkspace");
    const rows = await Promise.all(
        COUNTS.map(async (count) => {
            const ups = PARALLEL.map((parallel) => timeOf(START_PACE, count, { parallel, workMs: START_MS }));
            const cells = await Promise.all([
                timeOf(START_PACE, count),
                ...ups,
                timeOf(SHARED_PACE, count, { points }),
            ]);
            return `| ${[count, ...cells].join(" | ")} |`;
        }),
    );
    const heads = PARALLEL.map((parallel) => `\`up\` with \`--parallel ${parallel}\``);
    return [
        `| workspaces | until the last create or start is sent | ${heads.join(" | ")} | until the last stop and delete of a \`destroy\` is sent |`,
        `|---|${"---|".repeat(heads.length + 2)}`,
        ...rows,
    ].join("\n");
}
