import { type Engine, ensureEngine } from "../../engine";
import { messageOf } from "../../engine/errors";

/** How the one process that runs this tells the others, which run the tests. */
const handOver = "TEST_ENGINE";

/**
 * Before the first engine test. That there is no engine fails these tests and no others, so it is not thrown here:
 * Jest would then run nothing at all.
 */
export default async function bringEngine(): Promise<void> {
    try {
        const engine = await ensureEngine((line) => console.log(line));
        console.log(`The Pulumi engine is ${engine.version} (${engine.origin}).`);
        process.env[handOver] = JSON.stringify({ engine });
    } catch (error) {
        console.log(messageOf(error));
        process.env[handOver] = JSON.stringify({ error: messageOf(error) });
    }
}

/** The engine that was brought. */
export function broughtEngine(): Engine {
    const handed = process.env[handOver];
    if (handed === undefined)
        throw new Error("Engine tests run in Jest's project `engine`, which brings one.");
    const { engine, error }: { engine?: Engine; error?: string } = JSON.parse(handed);
    if (engine === undefined) throw new Error(error);
    return engine;
}
