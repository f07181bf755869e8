import { TestEnvironment } from "jest-environment-node";

/**
 * Gives the tests the real `process` instead of Jest's copy. The SDK listens on it for what a program leaves
 * unhandled, and makes an error of the run out of it; on a copy it would hear nothing.
 */
export default class EngineEnvironment extends TestEnvironment {
    override async setup(): Promise<void> {
        await super.setup();
        this.global.process = process;
    }
}
