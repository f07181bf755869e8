import type { Case, Context, Measure, Table } from "../case";
import { type Life, live, readsOf, STAGES, type Stage, type Subject } from "../life";
import { median, rounded } from "../numbers";

const SIZES = [1, 10, 100, 300];
/** Where the ratios are taken, and what is repeated. */
const COMPARED = 100;
const MOST = 300;
const MAX_RATIO = 1.25;
const MAX_MEGABYTES = 40;
const SUBJECTS: Subject[] = ["floor", "ours", "afternoon"];

type Lives = Record<Subject, Life[]>;

/** So many lives of each, one after the other in turns: what disturbs the machine disturbs them all. */
async function lives({ engine, repeats, say }: Context, count: number): Promise<Lives> {
    const found: Lives = { ours: [], floor: [], afternoon: [] };
    for (let round = 0; round < (count === COMPARED ? repeats : 1); round++) {
        for (const subject of SUBJECTS) {
            // Its seconds are whole polls; once is enough.
            if (subject !== "afternoon" || round === 0) {
                say(`  ${subject}, ${count}`);
                found[subject].push(await live(engine, subject, count));
            }
        }
    }
    return found;
}

function secondsOf(lived: Life[], stage: Stage): number {
    return median(lived.map((life) => life[stage].seconds));
}

/** The middle of the ratios of each turn. */
function ratio({ ours, floor }: Lives, stage: Stage): number {
    return median(
        ours.map((life, turn) => life[stage].seconds / (floor[turn]?.[stage].seconds ?? Number.NaN)),
    );
}

function peak(lived: Life[]): number {
    return Math.max(...lived.flatMap((life) => STAGES.map((stage) => life[stage].megabytes)));
}

function rowsOf(count: number, all: Lives): Table["rows"] {
    return STAGES.map((stage) => {
        const [first] = all.ours;
        const [other] = all.afternoon;
        const calls = first?.[stage].calls ?? [];
        const reads = readsOf(calls).length;
        return {
            workspaces: count,
            operation: stage,
            reads,
            "other calls": calls.length - reads,
            "afternoon's": other?.[stage].calls.length ?? 0,
            seconds: rounded(secondsOf(all.ours, stage), 1),
            "floor's ": rounded(secondsOf(all.floor, stage), 1),
            "afternoon's ": rounded(secondsOf(all.afternoon, stage), 1),
            "state kB": rounded((first?.[stage].stateBytes ?? 0) / 1000, 1),
            "afternoon's  ": rounded((other?.[stage].stateBytes ?? 0) / 1000, 1),
            MB: Math.round(Math.max(...all.ours.map((life) => life[stage].megabytes))),
            "floor's  ": Math.round(Math.max(...all.floor.map((life) => life[stage].megabytes))),
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
    about: "calls, seconds, bytes and memory of 1, 10, 100 and 300 workspaces, beside the floor and the afternoon's version",
    async run(context) {
        const rows: Table["rows"] = [];
        const measures: Measure[] = [];
        for (const count of SIZES) {
            const all = await lives(context, count);
            rows.push(...rowsOf(count, all));
            if (count === COMPARED) {
                for (const stage of STAGES) {
                    const times = ratio(all, stage);
                    measures.push({
                        what: `${stage} of ${count}, phases of 0 ms`,
                        measured: `${rounded(times)} × (${rounded(secondsOf(all.ours, stage))} s)`,
                        floor: `${rounded(secondsOf(all.floor, stage))} s`,
                        target: `≤ ${MAX_RATIO} ×`,
                        met: times <= MAX_RATIO,
                    });
                }
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
