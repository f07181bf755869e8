import type { PulumiFn } from "@pulumi/pulumi/automation";
import { Emulator, type EmulatorOptions, type WorkspaceView } from "gitpod-emulator";
import * as gitpod from "pulumi-gitpod";
import { TestStack } from "../support/stack";
import { CANARY, leaksOf } from "./canary";

/** Every interval of the provider and every window of the emulator's limits, as a part of the real one. */
export const TIME_SCALE = 0.05;

export const CONTEXT_URL = "https://github.com/acme/shop/pull/42";

const brief = 10;
/** Ten milliseconds for each part of a workspace's life. */
export const BRIEF = {
    preparing: brief,
    imageBuild: brief,
    pending: brief,
    creating: brief,
    initializing: brief,
    stopLag: brief,
    stopping: brief,
};

export interface WorldOptions {
    emulator?: EmulatorOptions;
    /** Added to the environment of the provider. */
    env?: Record<string, string>;
    config?: Record<string, { value: string; secret?: boolean }>;
}

/** An emulated Gitpod of its own with one organization, and a stack on the real engine that is configured for it. */
export class World {
    private constructor(
        readonly emulator: Emulator,
        readonly stack: TestStack,
        readonly organizationId: string,
        private readonly configToken: string | undefined,
    ) {}

    static async create(options: WorldOptions = {}): Promise<World> {
        const emulator = await Emulator.start({
            token: CANARY,
            limits: { timeScale: TIME_SCALE },
            durations: BRIEF,
            ...options.emulator,
        });
        const { id } = emulator.addTeam("Acme");
        const stack = await TestStack.create({
            program: async () => ({}),
            config: { "gitpod:host": { value: emulator.url }, ...options.config },
            env: {
                GITPOD_TOKEN: emulator.token,
                PULUMI_GITPOD_TIME_SCALE: String(TIME_SCALE),
                ...options.env,
            },
        });
        const { value, secret } = options.config?.["gitpod:token"] ?? {};
        // One that is set in clear is in the engine's files by its user's own doing.
        return new World(emulator, stack, id, secret === true ? value : undefined);
    }

    /** Declares this program from now on. */
    declare(program: PulumiFn): void {
        this.stack.setProgram(program);
    }

    /** Declares one workspace, named `review`. */
    declareWorkspace(
        args: Partial<gitpod.WorkspaceArgs> = {},
        options: ConstructorParameters<typeof gitpod.Workspace>[2] = {},
    ): void {
        this.declare(async () => {
            const { id, phase, running, url } = new gitpod.Workspace(
                "review",
                { contextUrl: CONTEXT_URL, ...args },
                options,
            );
            return { id, phase, running, url };
        });
    }

    /** The workspaces that exist now, as the API would list them. */
    alive(): WorkspaceView[] {
        return this.emulator.workspaces().filter(({ deleted }) => !deleted);
    }

    /** The only workspace that exists now. */
    only(): WorkspaceView {
        const workspaces = this.alive();
        const [workspace] = workspaces;
        if (workspace === undefined || workspaces.length > 1) {
            throw new Error(`expected one workspace, found ${workspaces.length}`);
        }
        return workspace;
    }

    /** How often the API was called so, since the log was cleared. */
    calls(rpc: string): number {
        return this.emulator.calls.filter((call) => call.rpc === rpc).length;
    }

    /** Brings the stack up once more and expects that nothing is left to do. */
    async expectSettled(): Promise<void> {
        await this.stack.up({ expectNoChanges: true });
    }

    /** Ends the world, and fails where a token, an owner token or an invitation got to where it does not belong. */
    async close(): Promise<void> {
        const given = [this.stack.automation.workspace.envVars["GITPOD_TOKEN"], this.configToken];
        const leaks = await leaksOf(
            this.stack,
            this.emulator,
            given.filter((token) => token !== undefined),
        );
        await this.stack.close();
        await this.emulator.close();
        if (leaks.length > 0) {
            throw new Error(`secrets got out: ${leaks.join("; ")}`);
        }
    }
}
