import type { Emulator } from "gitpod-emulator";

/** What the API itself says there is, asked over HTTP as any client would. */
export async function remaining(emulator: Emulator): Promise<string[]> {
    const { result = [] } = await call<{ result?: { workspaceId: string }[] }>(
        emulator,
        "WorkspacesService/ListWorkspaces",
    );
    const { teams = [] } = await call<{ teams?: { name: string }[] }>(emulator, "TeamsService/ListTeams");
    return [
        ...result.map(({ workspaceId }) => `workspace ${workspaceId}`),
        ...teams.map(({ name }) => `team ${name}`),
    ];
}

async function call<Answer>(emulator: Emulator, rpc: string): Promise<Answer> {
    const response = await fetch(`${emulator.url}/gitpod.experimental.v1.${rpc}`, {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.token}`, "content-type": "application/json" },
        body: "{}",
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${rpc}: ${response.status} ${text}`);
    return JSON.parse(text);
}

/** The id of the workspace of that context: what somebody outside Pulumi sees and acts on. */
export function workspaceOf(emulator: Emulator, context: string): string {
    const found = emulator.workspaces().find((ws) => !ws.deleted && ws.contextUrl.endsWith(context));
    if (found === undefined) throw new Error(`There is no workspace of ${context}.`);
    return found.id;
}
