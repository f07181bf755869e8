import type { ShownCall, ShownTeam, ShownWorkspace } from "../src/window-view";

/** Two units at most: nobody counts the seconds of an hour. */
export function durationText(ms: number): string {
    const seconds = Math.floor(ms / 1000);
    const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
    if (hours > 0) {
        return `${hours} h ${minutes % 60} min`;
    }
    return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

export function phaseText({ phase }: ShownWorkspace): string {
    return phase ?? "never started";
}

/** What there is to say of the phase beside its name. */
export function phaseNote({ msInPhase, failed, timeout, deleted }: ShownWorkspace): string {
    return [
        ...(msInPhase === undefined ? [] : [`for ${durationText(msInPhase)}`]),
        ...(failed === undefined ? [] : [`failed: ${failed}`]),
        ...(timeout === undefined ? [] : [timeout]),
        ...(deleted ? ["deleted"] : []),
    ].join(" · ");
}

export function makerText({ maker }: ShownWorkspace): { name: string; place: string } {
    switch (maker.kind) {
        case "stack":
            return { name: maker.resource, place: `in the stack ${maker.project}/${maker.stack}` };
        case "somebody":
            return { name: "", place: "made outside of Pulumi" };
        case "unknown":
            return { name: "", place: "not known: a context of this kind carries no mark" };
    }
}

export function unsavedText({ unsaved }: ShownWorkspace): string {
    if (unsaved === undefined) {
        return "not reported";
    }
    const counted = [
        counts(unsaved.uncommitted, "uncommitted file"),
        counts(unsaved.untracked, "untracked file"),
        counts(unsaved.unpushed, "unpushed commit"),
    ].filter((text) => text !== "");
    return counted.length === 0 ? "none" : counted.join(", ");
}

function counts(count: number, what: string): string {
    return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;
}

export function membersText({ members, deleted }: ShownTeam): string {
    if (deleted) {
        return "deleted";
    }
    return members.length === 0 ? "none" : members.map(({ name, role }) => `${name} (${role})`).join(", ");
}

/** A fault that leaves no code has only its own name. */
export function errorText({ code, fault }: ShownCall): string {
    const faultText = fault === undefined ? "" : `fault: ${fault}`;
    return [code ?? "", faultText].filter((text) => text !== "").join(" · ") || "none";
}
