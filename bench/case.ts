import type { Engine } from "../engine";

/** One measured thing beside the least that it could be. */
export interface Measure {
    what: string;
    measured: string;
    /** What it is compared with, as measured in the same run. */
    floor: string;
    target: string;
    met: boolean;
}

/** Rows of the same columns, in their order. */
export interface Table {
    title: string;
    rows: Record<string, string | number>[];
}

export interface Report {
    measures: Measure[];
    tables?: Table[];
}

/** One bench, chosen by its name. */
export interface Case {
    name: string;
    about: string;
    /** It waits rather than works, and counts rather than times: so the ones before it can run meanwhile. */
    isIdle?: true;
    run(context: Context): Promise<Report>;
}

export interface Context {
    engine: Engine;
    /** How often what is noisy is repeated. */
    repeats: number;
    /** Says what is going on. */
    say(line: string): void;
}
