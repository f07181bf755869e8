import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import * as gitpod from "pulumi-gitpod";
import { World, type WorldOptions } from "./fixture";

/** Loads a program anew, as it declares its resources while it loads. What it exports are the outputs. */
function load(example: string): Record<string, unknown> {
    let exported: Record<string, unknown> = {};
    jest.isolateModules(() => {
        // Those of the run, not copies of them.
        jest.doMock("@pulumi/pulumi", () => pulumi);
        jest.doMock("pulumi-gitpod", () => gitpod);
        exported = require(join(__dirname, "../../examples", example)) as Record<string, unknown>;
    });
    return exported;
}

/** A world that an example is declared in, as a user runs it but for the Node language host, which would load it in the same way. */
export async function worldOf(
    example: string,
    config: Record<string, string>,
    options: WorldOptions = {},
): Promise<World> {
    const world = await World.create({ ...options, config: { ...options.config, ...settings(config) } });
    world.declare(async () => load(example));
    return world;
}

/** The configuration of the program itself, as the engine wants it. */
export function settings(config: Record<string, string>): ConfigMap {
    return Object.fromEntries(Object.entries(config).map(([key, value]) => [`test:${key}`, { value }]));
}
