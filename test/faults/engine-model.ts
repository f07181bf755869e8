import type { Delegate } from "../../provider/src/plugin/delegate";
import { throughStruct, unwrapped } from "./struct";

export type Bag = Record<string, unknown>;

/** What the engine's state holds of the one resource. */
export interface Saved {
    id: string;
    inputs: Bag;
    outputs: Bag;
    /** Why the last create or update of it did not end well. */
    initErrors: readonly string[];
}

/** What a command did to the resource. */
export type Step = "create" | "update" | "replace" | "delete" | "same" | "none";

/** One plugin process, already configured, which lives as long as one command. */
export interface PluginProcess {
    delegate: Delegate;
    end(): void;
}

const PROVIDER = { __provider: 'exports.handler=()=>require("pulumi-gitpod/…")' };

/**
 * What the engine does with one resource of ours and saves of it, command by command, in milliseconds instead of
 * seconds. Held by what was seen of the real one: a plain failure of a create saves nothing, one that carries an id
 * saves that with its properties; a plain failure of an update, a read or a delete keeps what was saved.
 */
export class EngineModel {
    saved: Saved | undefined;

    constructor(private readonly newProcess: () => PluginProcess) {}

    /** Brings the resource to where it is declared, or away where it is not. */
    up(declared: Bag | undefined, options: { refresh?: boolean } = {}): Promise<Step> {
        return this.command(async (plugin) => {
            if (options.refresh === true) {
                await this.read(plugin);
            }
            return declared === undefined ? this.remove(plugin) : this.bring(plugin, declared);
        });
    }

    refresh(): Promise<void> {
        return this.command((plugin) => this.read(plugin));
    }

    private async command<T>(work: (plugin: Delegate) => Promise<T>): Promise<T> {
        const process = this.newProcess();
        try {
            return await work(process.delegate);
        } finally {
            process.end();
        }
    }

    private async bring(plugin: Delegate, declared: Bag): Promise<Step> {
        const inputs = await this.check(plugin, this.saved?.inputs ?? {}, declared);
        const { saved } = this;
        if (saved === undefined) {
            await this.create(plugin, inputs);
            return "create";
        }
        const olds = unwrapped(saved.outputs);
        const { changes, replaces } = await plugin.diff(saved.id, olds, inputs);
        if (changes && replaces.length > 0) {
            await this.remove(plugin);
            await this.create(plugin, await this.check(plugin, {}, declared));
            return "replace";
        }
        if (changes || saved.initErrors.length > 0) {
            await this.update(plugin, saved, inputs);
            return "update";
        }
        this.saved = { ...saved, inputs };
        return "same";
    }

    private async check(plugin: Delegate, olds: Bag, declared: Bag): Promise<Bag> {
        const { inputs, failures } = await plugin.check(olds, throughStruct({ ...declared, ...PROVIDER }));
        if (failures.length > 0) {
            throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("\n"));
        }
        return throughStruct({ ...inputs, ...PROVIDER });
    }

    private async create(plugin: Delegate, inputs: Bag): Promise<void> {
        try {
            const { id, outs } = await plugin.create(inputs);
            if (id === "") {
                throw new Error("plugin returned empty resource.ID");
            }
            this.saved = { id, inputs, outputs: throughStruct({ ...outs, ...PROVIDER }), initErrors: [] };
        } catch (error) {
            this.savePartial(error, inputs);
            throw error;
        }
    }

    private async update(plugin: Delegate, saved: Saved, inputs: Bag): Promise<void> {
        try {
            const { outs } = await plugin.update(saved.id, unwrapped(saved.outputs), inputs);
            this.saved = {
                id: saved.id,
                inputs,
                outputs: throughStruct({ ...outs, ...PROVIDER }),
                initErrors: [],
            };
        } catch (error) {
            this.savePartial(error, saved.inputs);
            throw error;
        }
    }

    /** The host looks at an error's id only; without `__provider` nothing could be done with the resource again. */
    private savePartial(error: unknown, inputs: Bag): void {
        if (!(error instanceof Error) || !("id" in error) || typeof error.id !== "string") {
            return;
        }
        const properties = "properties" in error ? throughStruct(Object(error.properties)) : {};
        const reasons = "reasons" in error && Array.isArray(error.reasons) ? error.reasons.map(String) : [];
        if (typeof properties["__provider"] !== "string") {
            throw new Error("a partial failure carries no __provider", { cause: error });
        }
        this.saved = { id: error.id, inputs, outputs: properties, initErrors: reasons };
    }

    private async read(plugin: Delegate): Promise<void> {
        const { saved } = this;
        if (saved === undefined) {
            return;
        }
        const { id, props, inputs } = await plugin.read(saved.id, unwrapped(saved.outputs));
        this.saved =
            id === ""
                ? undefined
                : {
                      id,
                      inputs: inputs === undefined ? saved.inputs : throughStruct({ ...inputs, ...PROVIDER }),
                      outputs: throughStruct({ ...props, ...PROVIDER }),
                      initErrors: [],
                  };
    }

    private async remove(plugin: Delegate): Promise<Step> {
        const { saved } = this;
        if (saved === undefined) {
            return "none";
        }
        await plugin.delete(saved.id, unwrapped(saved.outputs));
        this.saved = undefined;
        return "delete";
    }
}
