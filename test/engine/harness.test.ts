import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { broughtEngine } from "../support/bring-engine";
import { TestStack } from "../support/stack";

/** A resource that remembers what it is given, and fails on request. Its code is the text that the state holds. */
const remembering = `exports.handler = () => ({
    create: async (inputs) => {
        if (inputs.fault) throw new Error(inputs.fault);
        return { id: "only", outs: { ...inputs, workDir: process.cwd() } };
    },
})`;

class Remembering extends pulumi.CustomResource {
    declare readonly workDir: pulumi.Output<string>;

    constructor(name: string, props: Record<string, unknown>) {
        const type = "pulumi-nodejs:dynamic/test:Remembering";
        super(type, name, { ...props, workDir: undefined, __provider: remembering });
    }
}

let stack: TestStack;

beforeAll(async () => {
    stack = await TestStack.create({ program: async () => ({}) });
});

afterAll(() => stack.close());

test("the engine that was brought is the one that runs", () => {
    expect(stack.automation.workspace.pulumiVersion).toBe(broughtEngine().version);
});

test("a program goes up and down, and its state is on the disk with its secrets encrypted", async () => {
    stack.setProgram(async () => {
        const thing = new Remembering("thing", { password: pulumi.secret("correct horse") });
        return { workDir: thing.workDir };
    });

    const up = await stack.up();
    expect(up.changes).toEqual({ create: 2 });
    expect(await stack.resource("thing")).toMatchObject({
        id: "only",
        outputs: { workDir: up.outputs["workDir"]?.value },
    });
    expect(await stack.stateText()).not.toContain("correct horse");

    const destroy = await stack.destroy();
    expect(destroy.changes).toEqual({ delete: 2 });
    expect(await stack.state()).toEqual({ resources: [], pendingOperations: [] });
});

test.each([
    ["a resource that fails", async () => void new Remembering("thing", { fault: "no luck" }), "no luck"],
    ["a program that throws", () => Promise.reject(new Error("no program")), "no program"],
    [
        "a rejection that nobody handles",
        async () => {
            void Promise.reject(new Error("nobody"));
            await new Promise((resolve) => setTimeout(resolve, 100));
        },
        "nobody",
    ],
])("%s fails the run, and the error carries what the engine said", async (_, program, message) => {
    stack.setProgram(program);
    await expect(stack.up()).rejects.toThrow(message);
});

test("closing leaves nothing behind", async () => {
    const another = await TestStack.create({ program: async () => ({}) });
    const { workDir } = another.automation.workspace;
    expect(existsSync(workDir)).toBe(true);
    await another.close();
    expect(existsSync(workDir)).toBe(false);
});

test("failing runs leave no listeners that pile up", async () => {
    stack.setProgram(async () => void new Remembering("thing", { fault: "no luck" }));
    const listeners = () => process.listenerCount("unhandledRejection");
    await expect(stack.up()).rejects.toThrow("no luck");
    const afterOne = listeners();
    await expect(stack.up()).rejects.toThrow("no luck");
    expect(listeners()).toBe(afterOne);
});
