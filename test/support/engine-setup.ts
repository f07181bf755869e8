import { dropLeftListeners } from "./left-listeners";

// Here, because Jest knows no time limit that belongs to one project.
jest.setTimeout(120_000);

// Jest fails a test for every rejection that nobody handles, also for those of a program that fails on purpose. While a
// program runs the SDK handles these, and at any other time Node makes an uncaught exception of them, which Jest sees.
beforeAll(() => {
    process.removeAllListeners("unhandledRejection");
});

afterAll(dropLeftListeners);
