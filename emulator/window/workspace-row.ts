import type { ShownWorkspace } from "../src/window-view";
import { ACTIONS, type Action } from "./actions.js";
import { element, setText } from "./dom.js";
import type { Row } from "./keyed-rows.js";
import { cell, rowHeader, tableRow } from "./table.js";
import { makerText, phaseNote, phaseText, unsavedText } from "./words.js";

export const WORKSPACE_COLUMNS = ["Workspace", "Phase", "Made by", "Team", "Unsaved work", "Do to it"];

export type Act = (action: Action, workspace: ShownWorkspace) => void;

export function workspaceRow(first: ShownWorkspace, act: Act): Row<ShownWorkspace> {
    let workspace = first;
    const [context, phase, note] = [element("span"), element("span", { class: "phase" }), element("span")];
    const [maker, place] = [element("strong"), element("span")];
    const [organization, unsaved] = [element("span"), element("span")];
    const buttons = ACTIONS.map((action) => {
        const button = element("button", { type: "button" }, action.label);
        button.setAttribute("aria-label", `${action.label}: ${first.id}`);
        button.addEventListener("click", () => act(action, workspace));
        return { action, button };
    });
    const row = tableRow(
        rowHeader(element("code", {}, first.id), context),
        cell("Phase", phase, note),
        cell("Made by", maker, place),
        cell("Team", organization),
        cell("Unsaved work", unsaved),
        cell("Do to it", element("div", { class: "buttons" }, ...buttons.map(({ button }) => button))),
    );
    return {
        element: row,
        show(now) {
            workspace = now;
            row.classList.toggle("deleted", now.deleted);
            setText(context, now.context);
            setText(phase, phaseText(now));
            phase.dataset["phase"] = now.failed === undefined ? phaseText(now) : "failed";
            setText(note, phaseNote(now));
            setText(maker, makerText(now).name);
            setText(place, makerText(now).place);
            setText(organization, now.organization);
            setText(unsaved, unsavedText(now));
            for (const { action, button } of buttons) {
                // Not `disabled`: that would take the focus from whoever has just pressed it.
                button.setAttribute("aria-disabled", String(action.pointless(now) !== undefined));
            }
        },
    };
}
