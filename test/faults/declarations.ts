import { CONTEXT_URL, type World } from "../engine/fixture";
import type { Program } from "./programs";

/** One program on the real engine, and what is to be there when it is up. */
export interface Declaration {
    /** With the id to adopt, where an error has asked for it. */
    program(adopt?: string): Program;
    expectSet(world: World): Promise<void> | void;
}

export const NOTHING: Declaration = {
    program: () => ({ kind: "nothing" }),
    expectSet: (at) => {
        expect(at.alive()).toEqual([]);
        expect(at.emulator.teams().filter(({ deleted }) => !deleted)).toHaveLength(1);
        expect(at.emulator.workspaces().filter(({ phase }) => phase !== "STOPPED")).toEqual([]);
    },
};

export function workspace(args: { running: boolean; region?: string; prebuildId?: string }): Declaration {
    return {
        program: () => ({ kind: "workspace", args: { contextUrl: CONTEXT_URL, ...args } }),
        expectSet: async (at) => {
            const { id, phase } = at.only();
            expect(phase).toBe(args.running ? "RUNNING" : "STOPPED");
            expect(await at.stack.resource("review")).toMatchObject({ id });
        },
    };
}

export function team(name: string): Declaration {
    return {
        program: (adopt) => ({ kind: "team", args: { name, ...(adopt === undefined ? {} : { adopt }) } }),
        expectSet: async (at) => {
            const others = at.emulator
                .teams()
                .filter(({ id, deleted }) => !deleted && id !== at.organizationId);
            expect(others).toMatchObject([{ name }]);
            expect(await at.stack.resource("platform")).toMatchObject({ id: others[0]?.id });
        },
    };
}

export const RUNNING = workspace({ running: true });
export const STOPPED = workspace({ running: false });
