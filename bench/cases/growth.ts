import type { Case, Context, Measure, Table } from "../case";
import { type Life, live, readsOf, STAGES, type Stage, type Subject } from "../life";
import { median, rounded } from "../numbers";
import { type Facts, factsIn } from "../subjects/holder";

const SIZES = [1, 10, 100, 300];
/** Where the ratios are taken, and what is repeated. */
const COMPARED = 100;
const MOST = 300;
const MAX_RATIO = 1.25;
const MAX_MEGABYTES = 40;
const SUBJECTS: Subject[] = ["floor", "ours", "holder", "afternoon"];

type Lives = Record<Subject, Life[]>;

/** How often a life of each is lived: they are compared at one size, and in memory at the largest. */
function timesOf(subject: Subject, count: number, repeats: number): number {
    switch (subject) {
        case "ours":
            return count === COMPARED ? repeats : 1;
        case "floor":
            return count === COMPARED ? repeats : Number(count === MOST);
        case "holder":
            return count === COMPARED ? repeats : 0;
        case "afternoon":
            // Its seconds are whole polls.
            return Number(count === COMPARED);
    }
}

/** So many lives of each, one after the other in turns: what disturbs the machine disturbs them all. */
async function lives({ engine, repeats, say }: Context, count: number, facts?: Facts): Promise<Lives> {
    const found: Lives = { ours: [], floor: [], holder: [], afternoon: [] };
    for (let round = 0; round < repeats; round++) {
        for (const subject of SUBJECTS.filter((one) => timesOf(one, count, repeats) > round)) {
            say(`  ${subject}, ${count}`);
            found[subject].push(await live(engine, subject, count, facts));
        }
    }
    return found;
}

function secondsOf(lived: Life[], stage: Stage): number {
    return median(lived.map((life) => life[stage].seconds));
}

/** The middle of the ratios of each turn. */
function ratio(ours: Life[], other: Life[], stage: Stage): number {
    return median(
        ours.map((life, turn) => life[stage].seconds / (other[turn]?.[stage].seconds ?? Number.NaN)),
    );
}

/** In kilobytes. */
function stateOf(life: Life | undefined, stage: Stage): number {
    return rounded(Buffer.byteLength(life?.[stage].state ?? "") / 1000, 1);
}

function secondsMeasure({ ours, floor, holder }: Lives, stage: Stage): Measure {
    const times = ratio(ours, floor, stage);
    const sameFacts = rounded(ratio(ours, holder, stage));
    return {
        what: `${stage} of ${COMPARED}, phases of 0 ms`,
        measured: `${rounded(times)} × (${rounded(secondsOf(ours, stage))} s), ${sameFacts} × of the same facts`,
        floor: `${rounded(secondsOf(floor, stage))} s, ${rounded(secondsOf(holder, stage))} s with the same facts`,
        target: `≤ ${MAX_RATIO} ×`,
        met: times <= MAX_RATIO,
    };
}

function peak(lived: Life[]): number {
    return Math.max(...lived.flatMap((life) => STAGES.map((stage) => life[stage].megabytes)));
}

function rowsOf(count: number, all: Lives): Table["rows"] {
    const ofOther = (subject: Subject, value: (lived: Life[]) => number): number | string =>
        all[subject].length === 0 ? "–" : value(all[subject]);
    return STAGES.map((stage) => {
        const [first] = all.ours;
        const calls = first?.[stage].calls ?? [];
        const reads = readsOf(calls).length;
        const seconds = (lived: Life[]): number => rounded(secondsOf(lived, stage), 1);
        const megabytes = (lived: Life[]): number =>
            Math.round(Math.max(...lived.map((life) => life[stage].megabytes)));
        return {
            workspaces: count,
            operation: stage,
            reads,
            "other calls": calls.length - reads,
            "afternoon's": ofOther("afternoon", ([life]) => life?.[stage].calls.length ?? 0),
            seconds: seconds(all.ours),
            "floor's ": ofOther("floor", seconds),
            "afternoon's ": ofOther("afternoon", seconds),
            "state kB": stateOf(first, stage),
            "afternoon's  ": ofOther("afternoon", ([life]) => stateOf(life, stage)),
            MB: megabytes(all.ours),
            "floor's  ": ofOther("floor", megabytes),
        };
    });
}

/** A list at the beginning, perhaps a longer one, and a fresh one for each 5 s. */
function refreshMeasure(count: number, { ours }: Lives): Measure {
    const [life] = ours;
    const { calls = [], seconds = 0 } = life?.refresh ?? {};
    const most = 2 + Math.ceil(seconds / 5) * (count > COMPARED - 1 ? 2 : 1);
    return {
        what: `calls for a refresh of ${count}`,
        measured: String(calls.length),
        floor: "–",
        target: `≤ ${most}`,
        met: calls.length <= most,
    };
}

export const growth: Case = {
    name: "growth",
    about: "calls, seconds, bytes and memory of 1, 10, 100 and 300 workspaces, and of 100 beside the floor and the afternoon's version",
    async run(context) {
        const rows: Table["rows"] = [];
        const measures: Measure[] = [];
        let facts: Facts | undefined;
        for (const count of SIZES) {
            const all = await lives(context, count, facts);
            const [life] = all.ours;
            facts ??= life && factsIn(life.up.state);
            rows.push(...rowsOf(count, all));
            if (count === COMPARED) {
                measures.push(...STAGES.map((stage) => secondsMeasure(all, stage)));
            }
            if (count >= COMPARED) {
                measures.push(refreshMeasure(count, all));
            }
            if (count === MOST) {
                const more = peak(all.ours) - peak(all.floor);
                measures.push({
                    what: `memory of the provider at ${count}`,
                    measured: `${Math.round(more)} MB more (${Math.round(peak(all.ours))} MB)`,
                    floor: `${Math.round(peak(all.floor))} MB`,
                    target: `≤ ${MAX_MEGABYTES} MB more`,
                    met: more <= MAX_MEGABYTES,
                });
            }
        }
        return { measures, tables: [{ title: "How cost grows", rows }] };
    },
};
