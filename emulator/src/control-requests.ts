import type { Emulator } from "./emulator";
import type { Fault } from "./faults";
import { BadRequest, type JsonFields, present } from "./json-fields";
import type { GitChange } from "./outside";
import { PHASES, type StartPlan } from "./workspace-records";

const FAULT_KINDS = ["error", "drop", "delay", "noop", "http"] as const;
/** JSON has no infinity. */
const ALWAYS = "always";

export function faultFrom(fields: JsonFields): Fault {
    const common = {
        rpc: fields.text("rpc"),
        when: fields.oneOf("when", ["before", "after"] as const),
        ...present({ skip: fields.optionalNumber("skip"), times: timesFrom(fields) }),
    };
    const kind = fields.oneOf("kind", FAULT_KINDS);
    switch (kind) {
        case "error":
            return {
                ...common,
                kind,
                code: fields.text("code"),
                ...present({ message: fields.optionalText("message") }),
            };
        case "delay":
            return { ...common, kind, ms: fields.number("ms") };
        case "http":
            return {
                ...common,
                kind,
                status: fields.number("status"),
                body: fields.text("body"),
                ...present({
                    contentType: fields.optionalText("contentType"),
                    headers: fields.optionalTextMap("headers"),
                }),
            };
        default:
            return { ...common, kind };
    }
}

function timesFrom(fields: JsonFields): number | undefined {
    const times = fields.optionalNumberOr("times", ALWAYS);
    return times === ALWAYS ? Number.POSITIVE_INFINITY : times;
}

export function planFrom(fields: JsonFields): StartPlan {
    return present<Required<StartPlan>>({
        imageBuildMs: fields.optionalNumber("imageBuildMs"),
        fail: fields.optionalText("fail"),
        failAt: fields.optionalOneOf("failAt", PHASES),
    });
}

/** Each change from outside by its name: what it reads from the body, and what it does. */
const CHANGES: Record<string, (outside: Emulator["outside"], fields: JsonFields) => () => unknown> = {
    stop: (outside, fields) => withId(fields, (id) => outside.stop(id)),
    delete: (outside, fields) => withId(fields, (id) => outside.delete(id)),
    purge: (outside, fields) => withId(fields, (id) => outside.purge(id)),
    timeOut: (outside, fields) => withId(fields, (id) => outside.timeOut(id)),
    start: (outside, fields) => withId(fields, (id) => outside.start(id)),
    interrupt: (outside, fields) => withId(fields, (id) => outside.interrupt(id)),
    unknownPhase: (outside, fields) => withId(fields, (id) => outside.unknownPhase(id)),
    touch: (outside, fields) => withId(fields, (id) => outside.touch(id)),
    removeInstance: (outside, fields) => withId(fields, (id) => outside.removeInstance(id)),
    deleteTeam: (outside, fields) => withId(fields, (id) => outside.deleteTeam(id)),
    failInstance: (outside, fields) => {
        const [id, reason] = [fields.text("id"), fields.text("reason")];
        return () => outside.failInstance(id, reason);
    },
    setGitStatus: (outside, fields) => {
        const id = fields.text("id");
        const change = present<Required<GitChange>>({
            branch: fields.optionalText("branch"),
            uncommitted: fields.optionalTexts("uncommitted"),
            untracked: fields.optionalTexts("untracked"),
            unpushed: fields.optionalTexts("unpushed"),
        });
        return () => outside.setGitStatus(id, change);
    },
    renameTeam: (outside, fields) => {
        const [id, name] = [fields.text("id"), fields.text("name")];
        return () => outside.renameTeam(id, name);
    },
    leaveTeam: (outside, fields) => {
        const [id, userId] = [fields.text("id"), fields.text("userId")];
        return () => outside.leaveTeam(id, userId);
    },
    create: (outside, fields) => {
        const init = {
            contextUrl: fields.text("contextUrl"),
            organizationId: fields.text("organizationId"),
            ...present({
                ownerId: fields.optionalText("ownerId"),
                phase: fields.optionalOneOf("phase", PHASES),
            }),
        };
        return () => ({ id: outside.create(init) });
    },
};

function withId(fields: JsonFields, change: (id: string) => void): () => void {
    const id = fields.text("id");
    return () => change(id);
}

/** What the change will do, once the whole body has been found good. */
export function changeFrom(name: string, outside: Emulator["outside"], fields: JsonFields): () => unknown {
    const change = Object.hasOwn(CHANGES, name) ? CHANGES[name] : undefined;
    if (change === undefined) {
        throw new BadRequest(`unknown change "${name}"; there are ${Object.keys(CHANGES).join(", ")}`);
    }
    return change(outside, fields);
}
