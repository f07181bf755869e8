import * as gitpod from "pulumi-gitpod";
import type { World } from "../engine/fixture";

/** One program on the real engine, and what is to be there when it is up. */
export interface Declaration {
    /** With the id to adopt, where an error has asked for it. */
    declare(world: World, adopt?: string): void;
    expectSet(world: World): Promise<void> | void;
}

export const NOTHING: Declaration = {
    declare: (at) => at.declare(async () => ({})),
    expectSet: (at) => {
        expect(at.alive()).toEqual([]);
        expect(at.emulator.teams().filter(({ deleted }) => !deleted)).toHaveLength(1);
        expect(at.emulator.workspaces().filter(({ phase }) => phase !== "STOPPED")).toEqual([]);
    },
};

export function workspace(args: Partial<gitpod.WorkspaceArgs>): Declaration {
    return {
        declare: (at) => at.declareWorkspace(args),
        expectSet: async (at) => {
            const { id, phase } = at.only();
            expect(phase).toBe(args.running === true ? "RUNNING" : "STOPPED");
            expect(await at.stack.resource("review")).toMatchObject({ id });
        },
    };
}

export function team(name: string): Declaration {
    return {
        declare: (at, adopt) =>
            at.declare(async () => {
                new gitpod.Team("platform", { name, ...(adopt === undefined ? {} : { adopt }) });
            }),
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
