import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Emulator } from "gitpod-emulator";
import { Project } from "../support/project";
import { BRIEF, TIME_SCALE } from "./fixture";

// The other engine tests run their programs inline. Here it is a folder and a shell, as of somebody who has cloned this.

const root = join(__dirname, "../..");

test("pulumi up in the root makes what the demo declares, and destroy takes it away", async () => {
    const emulator = await Emulator.start({ limits: { timeScale: TIME_SCALE }, durations: BRIEF });
    const project = await Project.create({
        GITPOD_HOST: emulator.url,
        GITPOD_TOKEN: emulator.token,
        PULUMI_GITPOD_TIME_SCALE: String(TIME_SCALE),
    });
    try {
        for (const file of ["Pulumi.yaml", "package.json", "examples/demo/index.ts"]) {
            await project.write(file, await readFile(join(root, file), "utf8"));
        }
        const phases = () =>
            emulator.workspaces().map(({ contextUrl, phase, deleted }) => [contextUrl, phase, deleted]);
        const flags = "--yes --skip-preview --stack dev";
        expect(await project.run(`pulumi stack init dev && pulumi up ${flags}`)).toMatchObject({
            code: 0,
            output: expect.stringMatching(/reviewPhase *: "RUNNING"/),
        });
        expect(phases()).toEqual(
            expect.arrayContaining([
                [expect.stringContaining("github.com/acme/shop/pull/42"), "RUNNING", false],
                [expect.stringContaining("github.com/acme/course"), "STOPPED", false],
            ]),
        );
        expect(await project.run(`pulumi destroy ${flags}`)).toMatchObject({ code: 0 });
        expect(emulator.workspaces().every(({ deleted }) => deleted)).toBe(true);
        expect(emulator.teams().every(({ deleted }) => deleted)).toBe(true);
    } finally {
        await project.close();
        await emulator.close();
    }
});
