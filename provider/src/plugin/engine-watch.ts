import { Socket } from "node:net";

let gone = false;

/**
 * Notes when the engine has died. A plugin outlives a killed engine, whose id as a parent does not change; what
 * tells is the end of the pipes between them.
 */
export function watchEngine(): void {
    const lost = (): void => {
        gone = true;
    };
    process.stdin.once("end", lost).once("close", lost).once("error", lost);
    // Read, or the end is never seen; without keeping the process alive for it.
    process.stdin.resume();
    if (process.stdin instanceof Socket) {
        process.stdin.unref();
    }
    process.stdout.once("error", lost);
}

/** @throws where the engine is gone: nobody would save what is created now */
export function assertEngineAlive(): void {
    if (gone) {
        throw new Error("the Pulumi engine has ended, so nothing more is created or started");
    }
}
