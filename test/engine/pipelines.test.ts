import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Emulator } from "gitpod-emulator";
import type { WorkspaceArgs } from "pulumi-gitpod";
import { parse } from "yaml";
import { type Command, Project, type Said } from "../support/project";
import { BRIEF, CONTEXT_URL, TIME_SCALE } from "./fixture";

// What the pipelines of the examples run, as their CI runs it, on the real CLI against the emulator.

const folder = join(__dirname, "../../examples/pipelines");
const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8");

const programOf = (args: WorkspaceArgs): string => `
const gitpod = require("pulumi-gitpod");
exports.url = new gitpod.Workspace("review", ${JSON.stringify(args)}).url;
`;
const TOKEN = "gitpod_pat_pipeline";

let emulator: Emulator;
let project: Project;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
});

async function emptyFolder(env = {}): Promise<Project> {
    project = await Project.create(env);
    closing.push(() => project.close());
    return project;
}

/** An emulated Gitpod, and a project with one workspace and the pipeline's script. */
async function begin(durations = BRIEF, args: Partial<WorkspaceArgs> = { running: true }): Promise<void> {
    emulator = await Emulator.start({ token: TOKEN, limits: { timeScale: TIME_SCALE }, durations });
    closing.push(() => emulator.close());
    emulator.addTeam("Acme");
    await emptyFolder({
        GITPOD_HOST: emulator.url,
        GITPOD_TOKEN: TOKEN,
        PULUMI_GITPOD_TIME_SCALE: String(TIME_SCALE),
        PULUMI_STACK: "dev",
    });
    await project.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    await project.write("package.json", '{ "name": "shop", "private": true }\n');
    await project.write("index.js", programOf({ contextUrl: CONTEXT_URL, ...args }));
    await project.write("ci/pipeline.sh", await read("pipeline.sh"), 0o755);
    await done(project.run("pulumi stack init dev"));
}

async function done(command: Promise<Said>): Promise<string> {
    const { code, output } = await command;
    if (code !== 0) {
        throw new Error(`exit code ${code}:\n${output}`);
    }
    expect(output).not.toContain(TOKEN);
    return output;
}

/** The workspaces that exist now. */
function alive(): { id: string; phase: string | undefined }[] {
    return emulator
        .workspaces()
        .filter(({ deleted }) => !deleted)
        .map(({ id, phase }) => ({ id, phase }));
}

function only(): { id: string; phase: string | undefined } {
    const [workspace, ...others] = alive();
    if (workspace === undefined || others.length > 0) {
        throw new Error(`expected one workspace, found ${alive().length}`);
    }
    return workspace;
}

const inAnyShell = (what: string, env = {}): Promise<Said> => project.run(`exec ci/pipeline.sh ${what}`, env);

test("a preview changes nothing, an up makes it so, a drift check says what is otherwise", async () => {
    await begin();
    expect(await done(inAnyShell("preview"))).toMatch(/\+ .*gitpod:Workspace/);
    expect(alive()).toEqual([]);

    await done(inAnyShell("up"));
    expect(only().phase).toBe("RUNNING");
    await done(inAnyShell("drift"));

    emulator.outside.timeOut(only().id);
    expect(await inAnyShell("drift")).toMatchObject({ code: 2 });
    // As the page shows it, to the letter.
    const page = await readFile(join(__dirname, "../../docs/guides/pipelines.md"), "utf8");
    const [, shown = ""] = /^```text\n(.*?)^```$/ms.exec(page) ?? [];
    expect(await readFile(project.path("drift.txt"), "utf8")).toBe(shown.replaceAll("prod", "dev"));
    // It only looks.
    expect(only().phase).toBe("STOPPED");

    await done(inAnyShell("up"));
    expect(only().phase).toBe("RUNNING");
});

test("what is not declared is no drift: a workspace whose running is left out may sleep", async () => {
    await begin(BRIEF, {});
    await done(inAnyShell("up"));
    emulator.outside.timeOut(only().id);
    await done(inAnyShell("drift"));
});

test("a drift check that fails is not called drift, and a wrong call is told how to be right", async () => {
    await begin();
    await done(inAnyShell("up"));
    emulator.outside.timeOut(only().id);
    const failed = await inAnyShell("drift", { GITPOD_TOKEN: "not-this-one" });
    expect(failed).toMatchObject({
        code: 1,
        output: expect.stringContaining("whether there is drift is not known"),
    });
    expect(failed.output).not.toContain("has drifted");
    expect(await inAnyShell("dritf")).toMatchObject({
        code: 64,
        output: expect.stringContaining("usage: pipeline.sh preview|up|drift|unlock"),
    });
});

/** Starts an up, and waits until it waits for the workspace that it has created. */
async function upThatWaits(): Promise<Command> {
    const up = project.start("exec ci/pipeline.sh up");
    await up.says(/review: new → /);
    return up;
}

test("an up that is cancelled ends in order: what it has created is saved, and the next one goes on", async () => {
    await begin({ ...BRIEF, initializing: 1_500 });
    const up = await upThatWaits();
    up.kill("SIGTERM");
    expect(await up.ended).toMatchObject({ code: 1, output: expect.stringContaining("update canceled") });
    const { id } = only();
    await done(inAnyShell("up"));
    expect(only()).toEqual({ id, phase: "RUNNING" });
});

test("after an up that was killed, unlock lets the next one go on with the same workspace", async () => {
    await begin({ ...BRIEF, initializing: 1_500 });
    const up = await upThatWaits();
    const { id } = only();
    up.kill("SIGKILL");
    await up.ended;
    expect(await inAnyShell("up")).toMatchObject({ output: expect.stringContaining("locked") });
    await done(project.run("exec ci/pipeline.sh unlock"));
    await done(inAnyShell("up"));
    expect(only()).toEqual({ id, phase: "RUNNING" });
});

describe("GitHub Actions", () => {
    interface Step {
        name?: string;
        run?: string;
    }

    /** What the step runs, in the same shell as there. */
    async function step(name: string, env = {}): Promise<Said> {
        const workflow = parse(await read("github-actions.yml")) as { jobs: { pulumi: { steps: Step[] } } };
        const found = workflow.jobs.pulumi.steps.find((candidate) => candidate.name === name);
        return project.run(found?.run ?? `echo "there is no step ${name}"; false`, env);
    }

    test("the steps do what their names say, and the report of a drift is in the summary", async () => {
        await begin();
        await done(step("Preview"));
        expect(alive()).toEqual([]);
        await done(step("Up"));
        await done(step("Look for drift"));
        emulator.outside.delete(only().id);
        expect(await step("Look for drift")).toMatchObject({ code: 2 });
        await done(step("Show the drift", { GITHUB_STEP_SUMMARY: "summary.md" }));
        const summary = await readFile(project.path("summary.md"), "utf8");
        expect(summary).toMatch(/- pulumi-nodejs:dynamic\/gitpod:Workspace: \(delete\)/);
        await done(step("Unlock after a cancelled up"));
    });

    const lint = hasGo() ? test : test.skip;
    lint("actionlint (by Go) finds nothing in the workflows, and something in a wrong one", async () => {
        const own = join(__dirname, "../../.github/workflows");
        const workflows = (await readdir(own)).map((name) => join(own, name));
        expect(await actionlint([join(folder, "github-actions.yml"), ...workflows])).toBe("");
        await emptyFolder();
        const wrong = (await read("github-actions.yml")).replace("github.event_name", "github.event_nam");
        await project.write("wrong.yml", wrong);
        expect(await actionlint([project.path("wrong.yml")])).toContain('"event_nam" is not defined');
    });
});

function hasGo(): boolean {
    return spawnSync("go", ["version"]).status === 0;
}

/** What it has to say, in one line a problem. */
async function actionlint(files: string[]): Promise<string> {
    const tools = join(__dirname, "../tools");
    const child = spawnSync("go", ["tool", "actionlint", "-oneline", ...files], {
        cwd: tools,
        encoding: "utf8",
    });
    if (child.status === null || child.status > 1) {
        throw new Error(child.error?.message ?? child.stderr);
    }
    return child.stdout;
}

describe("GitLab CI", () => {
    interface Job {
        script: string[];
        after_script?: string[];
    }

    /** Runs a job's script as GitLab does, in one shell, and what comes after it in another. */
    async function job(name: string, env = {}): Promise<Said> {
        const { script, after_script = [] } = (parse(await read("gitlab-ci.yml")) as Record<string, Job>)[
            name
        ] ?? {
            script: [`echo "there is no job ${name}"; false`],
        };
        const said = await project.run(script.join("\n"));
        await done(project.run(after_script.join("\n"), env));
        return said;
    }

    test("the jobs do what their names say", async () => {
        await begin();
        await done(job("preview"));
        expect(alive()).toEqual([]);
        await done(job("up", { CI_JOB_STATUS: "success" }));
        expect(only().phase).toBe("RUNNING");
        emulator.outside.timeOut(only().id);
        expect(await job("drift")).toMatchObject({ code: 2 });
    });

    test.each([
        ["merge_request_event", "42-review", ["preview"]],
        ["push", "main", ["up"]],
        ["push", "another", []],
        ["schedule", "main", ["drift"]],
    ])("it fits GitLab's schema, and a %s of branch %s runs %j", async (source, branch, jobs) => {
        await emptyFolder();
        await project.write(".gitlab-ci.yml", await read("gitlab-ci.yml"));
        await done(project.run("git init -q && git remote add origin git@example.com:acme/shop.git"));
        const variables = { CI_PIPELINE_SOURCE: source, CI_COMMIT_BRANCH: branch, CI_DEFAULT_BRANCH: "main" };
        const flags = Object.entries(variables).map(([name, value]) => `--variable ${name}=${value}`);
        const command = join(__dirname, "../../node_modules/.bin/gitlab-ci-local");
        const output = await done(project.run(`${command} --list-csv ${flags.join(" ")}`));
        expect(output).toContain("json schema validated");
        const listed = output.split("\n").flatMap((line) => /^(\w+);.*;gitpod;/.exec(line)?.[1] ?? []);
        expect(listed).toEqual(jobs);
    });
});
