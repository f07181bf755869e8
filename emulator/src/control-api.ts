import { changeFrom, faultFrom, planFrom } from "./control-requests";
import type { Emulator } from "./emulator";
import { type NodeRequest, type NodeResponse, readText, sendJson, sendText } from "./http";
import { BadRequest, JsonFields, present } from "./json-fields";
import { foreignRequest } from "./origin-guard";
import { WINDOW_HEADERS, windowFile } from "./window-files";

const PREFIX = "/_emulator/";
const OUTSIDE = "outside/";

export function isControlPath(url: string | undefined): boolean {
    return url?.startsWith(PREFIX) === true;
}

/** The emulator's own HTTP API, for people and for other languages, and the page that uses it. */
export async function controlApi(
    emulator: Emulator,
    request: NodeRequest,
    response: NodeResponse,
): Promise<void> {
    for (const [name, value] of Object.entries(WINDOW_HEADERS)) {
        response.setHeader(name, value);
    }
    const refusal = foreignRequest(request.headers, emulator.url.startsWith("https:") ? "https" : "http");
    if (refusal !== undefined) {
        sendJson(response, 403, { error: refusal });
        return;
    }
    const path = request.url?.slice(PREFIX.length).split("?", 1)[0] ?? "";
    const file = request.method === "GET" ? await windowFile(path) : undefined;
    if (file !== undefined) {
        sendText(response, 200, file.text, { "Content-Type": file.type });
        return;
    }
    try {
        const answer = act(emulator, `${request.method} ${path}`, JsonFields.parse(await readText(request)));
        if (answer === undefined) {
            sendJson(response, 404, { error: `there is no ${request.method} ${PREFIX}${path}` });
        } else {
            sendJson(response, 200, answer.body ?? {});
        }
    } catch (error) {
        const status = error instanceof BadRequest ? 400 : 409;
        sendJson(response, status, { error: error instanceof Error ? error.message : String(error) });
    }
}

function act(emulator: Emulator, operation: string, fields: JsonFields): { body?: unknown } | undefined {
    switch (operation) {
        case "GET state":
            return {
                body: {
                    url: emulator.url,
                    users: emulator.users(),
                    teams: emulator.teams(),
                    workspaces: emulator.workspaces(),
                },
            };
        case "GET calls":
            return { body: emulator.calls };
        case "GET window":
            return { body: emulator.window() };
        case "DELETE calls":
            return done(fields, () => emulator.clearCalls());
        case "DELETE faults":
            return done(fields, () => emulator.clearFaults());
        case "POST faults": {
            const fault = faultFrom(fields);
            return done(fields, () => emulator.fail(fault));
        }
        case "POST next-start": {
            const plan = planFrom(fields);
            return done(fields, () => emulator.nextStart(plan));
        }
        case "POST users": {
            const name = fields.text("name");
            return done(fields, () => emulator.addUser(name));
        }
        case "POST teams": {
            const name = fields.text("name");
            const options = present({
                owner: fields.optionalText("owner"),
                members: fields.optionalTexts("members"),
            });
            return done(fields, () => emulator.addTeam(name, options));
        }
        default: {
            const change = operation.startsWith(`POST ${OUTSIDE}`)
                ? operation.slice(`POST ${OUTSIDE}`.length)
                : undefined;
            return change === undefined
                ? undefined
                : done(fields, changeFrom(change, emulator.outside, fields));
        }
    }
}

function done(fields: JsonFields, work: () => unknown): { body?: unknown } {
    fields.requireAllRead();
    return { body: work() };
}
