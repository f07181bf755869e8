import { fstatSync } from "node:fs";
import { Socket } from "node:net";

/**
 * Ends this process when the engine has died. A plugin outlives a killed engine, whose id as a parent does not change;
 * what tells is the end of the pipes between them. Nothing that it would still do could be saved, and a stop or a
 * deletion that it still sent could hit what the next run declares.
 */
export function watchEngine(): void {
    const end = (): never => process.exit(1);
    process.stdout.once("error", end);
    // Whoever starts a plugin by hand, to attach an engine to it, gives it no pipe.
    if (!fstatSync(process.stdin.fd).isFIFO()) {
        return;
    }
    process.stdin.once("end", end).once("close", end).once("error", end);
    // Read, or the end is never seen; without keeping the process alive for it.
    process.stdin.resume();
    if (process.stdin instanceof Socket) {
        process.stdin.unref();
    }
}

/** @throws where the engine is gone, and this process is about to end: nobody would save what is created now */
export function assertEngineAlive(): void {
    if (process.stdin.readableEnded || !process.stdout.writable) {
        throw new Error("the Pulumi engine has ended, so nothing more is created or started");
    }
}
