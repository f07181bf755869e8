import type { Emulator } from "gitpod-emulator";
import type { TestStack } from "../support/stack";

/** A token that is found wherever it gets to. */
export const CANARY = "gitpod_pat_canary.0b7f9a6e3c1d4e5f8a2b6c4d8e0f1a2b";

/** What the engine logs at its most verbose level of its own accord: the decrypted configuration that it gives to a provider. */
const ENGINE_OWN = /^.*Marshaling property for RPC\[Provider\[0x[0-9a-f]+\]\.Configure\(\)\.inputs\].*$/gm;

export function withoutEngineOwn(log: string): string {
    return log.replace(ENGINE_OWN, "");
}

/** Shorter ones could be found by chance. */
const SHORTEST = 8;

/** Where a secret was found that belongs nowhere: never the secret itself. */
export async function leaksOf(stack: TestStack, emulator: Emulator, given: string[]): Promise<string[]> {
    const secrets = [...new Set([...given, ...emulator.secrets()])].filter(
        ({ length }) => length >= SHORTEST,
    );
    const places: [where: string, text: string][] = [
        ["what the engine said", withoutEngineOwn(stack.said())],
        // Who joins a team shows his invitation.
        ["the emulator's log", JSON.stringify(emulator.calls.filter(({ rpc }) => rpc !== "JoinTeam"))],
        ...(await stack.stored()).map(([path, text]): [string, string] => [`the backend's ${path}`, text]),
    ];
    return places.flatMap(([where, text]) =>
        secrets
            .filter((secret) => text.includes(secret))
            .map((secret) => `${where} holds ${kindOf(secret, emulator, given)}`),
    );
}

function kindOf(secret: string, emulator: Emulator, given: string[]): string {
    const isToken = given.includes(secret) || emulator.users().some(({ token }) => token === secret);
    return isToken ? "a token" : "an owner token or an invitation";
}
