import { toError } from "../../provider/src/plugin/bag";
import { type Cell, cellsOf, type Part } from "./cells";
import { assertAdvises, assertRecovers, type Way } from "./invariant";
import type { Operation } from "./operations";
import { Playground } from "./playground";

/** What came of one cell. */
export interface Outcome {
    cell: string;
    /** Whether the operation had the call that was to go wrong: a wait can take one look less than it did before. */
    struck: boolean;
    /** What the operation that the fault struck said, where it failed. */
    said?: string;
    way?: Way;
    /** Why the promise was not kept. */
    lost?: string;
}

/** Most of a cell is waiting, so many go at once. */
const AT_ONCE = 12;

/** Plays an operation once without a fault, and then once for each fault at each call that it made. */
export async function playMatrix(operation: Operation, part: Part): Promise<Outcome[]> {
    const cells = cellsOf(await recordedCalls(operation), part);
    const outcomes: Outcome[] = [];
    const queue = [...cells];
    const work = async (): Promise<void> => {
        for (let cell = queue.shift(); cell !== undefined; cell = queue.shift()) {
            outcomes.push(await play(operation, cell));
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return outcomes;
}

async function recordedCalls(operation: Operation) {
    const playground = await Playground.prepare(operation);
    try {
        await playground.run();
        const recorded = [...playground.calls];
        await assertRecovers(playground);
        return recorded;
    } finally {
        await playground.close();
    }
}

async function play(operation: Operation, cell: Cell): Promise<Outcome> {
    const playground = await Playground.prepare(operation);
    const outcome: Outcome = {
        cell: `${operation.resource}, ${operation.name}: ${cell.name}`,
        struck: false,
    };
    try {
        try {
            await playground.strike(cell.faults);
        } catch (error) {
            outcome.said = toError(error).message;
        }
        outcome.struck = playground.hasStruck;
        if (outcome.said !== undefined) {
            assertAdvises(outcome.said);
        }
        outcome.way = await assertRecovers(playground, outcome.said);
    } catch (error) {
        outcome.lost = toError(error).message;
    } finally {
        await playground.close();
    }
    return outcome;
}
