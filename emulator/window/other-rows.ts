import type { ShownCall, ShownTeam } from "../src/window-view";
import { element, setText } from "./dom.js";
import type { Row } from "./keyed-rows.js";
import { cell, rowHeader, tableRow } from "./table.js";
import { errorText, membersText } from "./words.js";

export const TEAM_COLUMNS = ["Team", "Members"];
export const CALL_COLUMNS = ["Time", "Call", "About", "Error"];

export function teamRow(): Row<ShownTeam> {
    const [name, members] = [element("span"), element("span")];
    const row = tableRow(rowHeader(name), cell("Members", members));
    return {
        element: row,
        show(team) {
            row.classList.toggle("deleted", team.deleted);
            setText(name, team.name);
            setText(members, membersText(team));
        },
    };
}

export function callRow(): Row<ShownCall> {
    const [time, rpc, about, error] = [
        element("time"),
        element("span"),
        element("span"),
        element("span", { class: "error" }),
    ];
    const row = tableRow(cell("Time", time), rowHeader(rpc), cell("About", about), cell("Error", error));
    return {
        element: row,
        show(call) {
            const at = new Date(call.at);
            time.dateTime = at.toISOString();
            setText(time, at.toLocaleTimeString());
            setText(rpc, call.rpc);
            setText(about, call.about);
            setText(error, errorText(call));
            error.classList.toggle("some", call.code !== undefined || call.fault !== undefined);
        },
    };
}
