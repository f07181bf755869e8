import { setTimeout as sleep } from "node:timers/promises";
import { type Call, Emulator, type Fault } from "gitpod-emulator";
import { delegate } from "../../provider/src/plugin/delegate";
import { createRuntime } from "../../provider/src/plugin/runtime";
import { teamMethods } from "../../provider/src/plugin/team/methods";
import { workspaceMethods } from "../../provider/src/plugin/workspace/methods";
import { realClock } from "../../provider/src/wire/clock";
import { TIME_SCALE } from "./cells";
import { type Bag, EngineModel, type PluginProcess } from "./engine-model";
import type { Operation, Place, Resource } from "./operations";

/** Longer than any operation may take by its own deadlines: an hour of the provider's time. Only a hang gets there. */
const HANG_MS = 60 * 60_000;

const part = 1;
const SHORT_LIFE = {
    preparing: part,
    imageBuild: part,
    pending: part,
    creating: part,
    initializing: part,
    stopLag: part,
    stopping: part,
};

const clock = realClock(TIME_SCALE);

let places = 0;

/** An emulated Gitpod, the engine's rules over the plugin side, and one operation that is to be played on them. */
export class Playground {
    readonly model: EngineModel;
    /** What is declared at last. */
    declared: Bag | undefined;
    #faultIsOver: Promise<void> = Promise.resolve();

    private constructor(
        readonly emulator: Emulator,
        readonly operation: Operation,
        private readonly place: Place,
    ) {
        this.model = new EngineModel(() => this.newProcess());
        this.declared = operation.declared?.(place);
    }

    /** Everything is as it was before the operation. */
    static async prepare(operation: Operation): Promise<Playground> {
        const emulator = await Emulator.start({
            durations: SHORT_LIFE,
            limits: { timeScale: TIME_SCALE },
        });
        const { id: organizationId } = emulator.addTeam("Acme");
        const outside = (kind: Resource, named: string): string =>
            kind === "team"
                ? emulator.addTeam(named).id
                : emulator.outside.create({ contextUrl: named, organizationId, phase: "STOPPED" });
        const playground = new Playground(emulator, operation, {
            organizationId,
            unique: `no. ${places++}`,
            outside,
        });
        if (operation.before !== undefined) {
            await playground.model.up(operation.before(playground.place));
        }
        emulator.clearCalls();
        return playground;
    }

    get organizationId(): string {
        return this.place.organizationId;
    }

    /** The calls since everything was prepared. */
    get calls(): readonly Call[] {
        return this.emulator.calls;
    }

    /** The operation itself, in which this goes wrong. */
    async strike(faults: readonly Fault[]): Promise<void> {
        for (const fault of faults) {
            this.emulator.fail(fault);
        }
        try {
            await this.run();
        } finally {
            this.emulator.clearFaults();
            const delays = faults.flatMap((fault) => (fault.kind === "delay" ? [fault.ms] : []));
            this.#faultIsOver = sleep(Math.max(0, ...delays));
        }
    }

    /** Whether the fault found its call. */
    get hasStruck(): boolean {
        return this.calls.some(({ fault }) => fault !== undefined);
    }

    /** Resolves when a late call has done its work too. */
    whenFaultIsOver(): Promise<void> {
        return this.#faultIsOver;
    }

    /** The operation, in which nothing goes wrong. */
    run(): Promise<unknown> {
        const { operation, model } = this;
        return inTime<unknown>(operation.command === "refresh" ? model.refresh() : model.up(this.declared));
    }

    close(): Promise<void> {
        return this.emulator.close();
    }

    private newProcess(): PluginProcess {
        const config = {
            token: this.emulator.token,
            apiUrl: new URL(this.emulator.url),
            organizationId: this.organizationId,
            timeScale: TIME_SCALE,
        };
        const ignore = (): void => undefined;
        const runtime = createRuntime(config, ignore, ignore);
        return {
            delegate:
                this.operation.resource === "workspace"
                    ? delegate(workspaceMethods, () => runtime)
                    : delegate(teamMethods, () => runtime),
            end: () => runtime.client.close(),
        };
    }
}

/** Fails where an operation does not end. */
export async function inTime<T>(operation: Promise<T>): Promise<T> {
    const over = new AbortController();
    const hang = clock.sleep(HANG_MS, over.signal).then(
        () => {
            throw new Error("the operation did not end within any deadline that it has");
        },
        () => undefined,
    );
    try {
        const first = await Promise.race([operation.then((value) => ({ value })), hang]);
        if (first === undefined) {
            throw new Error("nobody gave up, and yet nothing came of it");
        }
        return first.value;
    } finally {
        over.abort();
    }
}
