import { TestEnvironment } from "jest-environment-node";

/**
 * Gives the tests the `Error` of Node.js itself instead of Jest's copy. With the copy no error of a socket is an
 * `instanceof Error`, and then the libraries on the wire read a refused or broken connection as something else than
 * they do in a real process.
 */
export default class OneRealmEnvironment extends TestEnvironment {
    override async setup(): Promise<void> {
        await super.setup();
        this.global.Error = Error;
    }
}
