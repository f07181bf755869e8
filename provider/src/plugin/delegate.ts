import { type Bag, toError } from "./bag";
import type { CheckFailure } from "./check";
import { ConfigError } from "./config";
import { configure, type Runtime, runtime } from "./runtime";

interface DiffResult {
    changes: boolean;
    replaces: string[];
    deleteBeforeReplace: boolean;
}

interface ReadResult {
    /** Empty for a resource that is gone. */
    id: string;
    props: Bag;
    /** What the next diff is shown against. */
    inputs?: Bag;
}

/** What the dynamic host runs. */
export interface Delegate {
    configure(request: { config: { get(key: string): string | undefined } }): Promise<void>;
    check(olds: Bag, news: Bag): Promise<{ inputs: Bag; failures: CheckFailure[] }>;
    diff(id: string, olds: Bag, news: Bag): Promise<DiffResult>;
    create(inputs: Bag): Promise<{ id: string; outs: Bag }>;
    read(id: string, props: Bag): Promise<ReadResult>;
    update(id: string, olds: Bag, news: Bag): Promise<{ outs: Bag }>;
    delete(id: string, props: Bag): Promise<void>;
}

/** What a resource does; `provider` is the text that a failure has to give back to the engine. */
export interface ResourceMethods<Inputs, State> {
    check(olds: Bag, news: Bag): { inputs: Bag; failures: CheckFailure[] };
    diff(olds: State, news: Inputs): DiffResult;
    create(runtime: Runtime, inputs: Inputs, provider: unknown): Promise<{ id: string; outs: Bag }>;
    read(runtime: Runtime, id: string, saved: Partial<State>): Promise<ReadResult>;
    update(
        runtime: Runtime,
        id: string,
        olds: State,
        news: Inputs,
        provider: unknown,
    ): Promise<{ outs: Bag }>;
    delete(runtime: Runtime, id: string, saved: State): Promise<void>;
}

/** Whatever is thrown, as an error: the host can't take anything else. */
async function guarded<R>(method: () => R | Promise<R>): Promise<R> {
    try {
        return await method();
    } catch (error) {
        throw toError(error);
    }
}

/** A configuration that can't be used fails the check, before anything is made. */
function configurationFailures(shared: () => Runtime): CheckFailure[] {
    try {
        shared();
        return [];
    } catch (error) {
        if (error instanceof ConfigError) {
            return error.problems.map((reason) => ({ property: "", reason }));
        }
        throw error;
    }
}

/** What the engine gives back is what `check` has let through and what this package has saved. */
function trusted<T>({ __provider, ...bag }: Bag): T {
    return bag as T;
}

/**
 * Puts a resource under the contract of the dynamic host.
 *
 * @param shared what the resources of this process share; a test that plays several processes brings its own
 */
export function delegate<Inputs, State>(
    resource: ResourceMethods<Inputs, State>,
    shared: () => Runtime = runtime,
): Delegate {
    const hold = (id: string): Runtime => {
        const found = shared();
        found.held.add(id);
        return found;
    };
    return {
        // Does its work before it returns: the host does not wait for it.
        configure: async ({ config }) => configure((key) => config.get(key)),
        check: (olds, news) =>
            guarded(() => {
                const { inputs, failures } = resource.check(olds, news);
                return { inputs, failures: [...configurationFailures(shared), ...failures] };
            }),
        diff: (id, olds, news) =>
            guarded(() => {
                hold(id);
                return resource.diff(trusted(olds), trusted(news));
            }),
        create: (inputs) => guarded(() => resource.create(shared(), trusted(inputs), inputs["__provider"])),
        read: (id, props) => guarded(() => resource.read(hold(id), id, trusted(props))),
        update: (id, olds, news) =>
            guarded(() => resource.update(hold(id), id, trusted(olds), trusted(news), news["__provider"])),
        delete: (id, props) => guarded(() => resource.delete(hold(id), id, trusted(props))),
    };
}
