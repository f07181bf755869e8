import { spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";

/** What a shell answers for a command that it can't find. */
const NOT_FOUND = 127;
/** What a shell adds to the number of the signal that ended a command. */
const BY_SIGNAL = 128;

/** A terminal gives Ctrl-C to all that runs in it. Given on once more, it would be a second one to the command. */
function signalsToForward(): NodeJS.Signals[] {
    return [0, 1, 2].some((descriptor) => isatty(descriptor)) ? ["SIGTERM"] : ["SIGTERM", "SIGINT"];
}

/**
 * Runs a command to its end, with more in its environment, where `undefined` takes a variable away. Answers its exit
 * code, as a shell would.
 */
export function runCommand(
    [name = "", ...args]: string[],
    environment: Record<string, string | undefined>,
): Promise<number> {
    const child = spawn(name, args, { stdio: "inherit", env: { ...process.env, ...environment } });
    const forwarded = signalsToForward();
    const forward = (signal: NodeJS.Signals): void => {
        if (forwarded.includes(signal)) {
            child.kill(signal);
        }
    };
    // Whichever comes, it is the command that decides how to end.
    process.on("SIGINT", forward).on("SIGTERM", forward);
    return new Promise((resolve) => {
        child.once("error", (error) => {
            console.error(`${name} can't be run: ${error.message}`);
            resolve(NOT_FOUND);
        });
        child.once("exit", (code, signal) => {
            process.off("SIGINT", forward).off("SIGTERM", forward);
            resolve(code ?? BY_SIGNAL + (signal === null ? 0 : constants.signals[signal]));
        });
    });
}
