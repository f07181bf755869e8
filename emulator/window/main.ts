import type { ShownCall, ShownTeam, ShownWorkspace, WindowView } from "../src/window-view";
import type { Action } from "./actions.js";
import { changeFromOutside, fetchView } from "./control.js";
import { byId, setText } from "./dom.js";
import { KeyedRows } from "./keyed-rows.js";
import { CALL_COLUMNS, callRow, TEAM_COLUMNS, teamRow } from "./other-rows.js";
import { tableBelow } from "./table.js";
import { WORKSPACE_COLUMNS, workspaceRow } from "./workspace-row.js";

const INTERVAL_MS = 1_000;

const view = byId("view");
const status = byId("status");
const connection = byId("connection");

const workspaces = new KeyedRows(
    tableBelow("workspaces", WORKSPACE_COLUMNS),
    ({ id }: ShownWorkspace) => id,
    (workspace) => workspaceRow(workspace, act),
);
const teams = new KeyedRows(tableBelow("teams", TEAM_COLUMNS), ({ id }: ShownTeam) => id, teamRow);
const calls = new KeyedRows(
    tableBelow("calls", CALL_COLUMNS),
    ({ number }: ShownCall) => String(number),
    callRow,
);

let lastSeen = "";
let lookNow = () => {};

async function act(action: Action, workspace: ShownWorkspace): Promise<void> {
    const pointless = action.pointless(workspace);
    if (pointless !== undefined) {
        setText(status, pointless);
        return;
    }
    try {
        await changeFromOutside(action.change, { id: workspace.id, ...action.fields });
        setText(status, action.done(workspace));
    } catch (error) {
        setText(status, `${action.label}: ${workspace.id} did not work: ${reasonOf(error)}.`);
    }
    lookNow();
}

async function look(): Promise<void> {
    let current: WindowView;
    try {
        current = await fetchView();
    } catch (error) {
        const asOf = lastSeen === "" ? "" : ` What is below was so at ${lastSeen}.`;
        setText(
            connection,
            `Not connected: the emulator has ended, or does not answer (${reasonOf(error)}).${asOf}`,
        );
        return;
    }
    setText(connection, "");
    lastSeen = new Date().toLocaleTimeString();
    view.hidden = false;
    workspaces.show(current.workspaces);
    teams.show(current.teams);
    calls.show(current.calls);
}

function reasonOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}

async function keepLooking(): Promise<never> {
    for (;;) {
        const toldTo = new Promise<void>((resolve) => {
            lookNow = resolve;
        });
        await look();
        await Promise.race([toldTo, new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))]);
    }
}

void keepLooking();
