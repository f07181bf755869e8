import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { contentsOf, emptyProject, INSTALL_MS, install, pack } from "../support/packed";

const run = promisify(execFile);
const bin = (name: string): string => join(__dirname, "../../node_modules/.bin", name);

let folder: string;
let tarball: string;

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gitpod-emulator-package-"));
    tarball = await pack("emulator", folder);
}, INSTALL_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("it holds what is needed to use it, and nothing else", async () => {
    const files = await contentsOf(tarball);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const known =
        /^(LICENSE|README\.md|package\.json|bin\/gitpod-emulator\.js|dist\/.+\.(js|d\.ts)|window\/[\w-]+\.(html|css|svg))$/;
    expect(files.filter((file) => !known.test(file))).toEqual([]);
});

test("its exports and types are as publint and attw want them", async () => {
    await run(bin("publint"), ["run", tarball, "--strict"]);
    await run(bin("attw"), [tarball]);
});

test(
    "installed in an empty folder, it runs a command that it answers",
    async () => {
        await emptyProject(folder);
        await install(folder, [tarball]);
        const program = `fetch(process.env.GITPOD_HOST + "/_emulator/state").then((answer) => answer.json())
            .then(({ teams: [team] }) => console.log(team.name, team.id === process.env.GITPOD_ORGANIZATION_ID));`;
        const { stdout } = await run(
            "npx",
            ["--offline", "gitpod-emulator", "--team", "Acme", "--", "node", "-e", program],
            { cwd: folder },
        );
        expect(stdout).toBe("Acme true\n");
    },
    INSTALL_MS,
);
