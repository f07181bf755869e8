import { dropLeftListeners } from "./left-listeners";

// Here, because Jest knows no time limit that belongs to one project.
jest.setTimeout(120_000);

// Jest fails a test for every rejection that nobody handles, also for those of a program that fails on purpose. While a
// program runs the SDK handles these, and at any other time Node makes an uncaught exception of them, which Jest sees.
beforeAll(() => {
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", passOn);
});

afterAll(() => {
    process.off("unhandledRejection", passOn);
    dropLeftListeners();
});

/** gRPC's code for a server that is not there. Only the SDK speaks gRPC here, and only with its engine. */
const UNAVAILABLE = 14;

/**
 * Rejections that nobody takes are uncaught exceptions, as without this; but not what a program still has to say to an
 * engine that has ended: how the run ended, its result has told.
 */
function passOn(reason: unknown): void {
    const isTaken = process.listenerCount("unhandledRejection") > 1;
    const isLate = reason instanceof Error && "code" in reason && reason.code === UNAVAILABLE;
    if (!isTaken && !isLate) {
        throw reason;
    }
}
