import EngineEnvironment from "../support/engine-environment";

/** As for engine tests, and with the `Error` of Node.js itself, or errors of a socket are none for the libraries on the wire. */
export default class FaultsEnvironment extends EngineEnvironment {
    override async setup(): Promise<void> {
        await super.setup();
        this.global.Error = Error;
    }
}
