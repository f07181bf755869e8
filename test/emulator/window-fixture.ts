import { Emulator } from "gitpod-emulator";
import puppeteer, { type Browser } from "puppeteer-core";
import { findBrowser } from "../support/browser";
import { type Clients, clientsOf, codeOf, createWorkspace, REPOSITORY } from "./fixture";
import { WindowPage } from "./window-page";

/** What a test of the window works with. It is new for each test, but for the browser. */
export interface WindowTest {
    browser: Browser;
    emulator: Emulator;
    clients: Clients;
    team: string;
    window: WindowPage;
}

// A browser takes its time where much else runs.
const PATIENCE_MS = 60_000;

export const MARKED = marked("review");

/** As a provider for Pulumi writes it. */
function marked(resource: string, repository = REPOSITORY): string {
    return `PULUMI_URN=shop.dev.${resource}.0f1e2d3c4b5a6978/${repository}`;
}

/** Tests in a browser. Where there is none they are skipped, and it is said why. */
export function describeInBrowser(what: string, tests: (given: WindowTest) => void): void {
    const found = findBrowser();
    if ("missing" in found) {
        // Jest does not print the names of a file that is skipped as a whole.
        const title = `${what} (skipped, since there is no browser here: ${found.missing})`;
        console.log(title);
        describe.skip(title, () => tests({} as WindowTest));
        return;
    }
    jest.setTimeout(PATIENCE_MS);
    describe(what, () => {
        const given = {} as WindowTest;

        beforeAll(async () => {
            given.browser = await puppeteer.launch({
                executablePath: found.path,
                args: found.flags,
                headless: "shell",
                pipe: true,
            });
        });

        afterAll(() => given.browser.close());

        beforeEach(async () => {
            given.emulator = await Emulator.start({ limits: false });
            given.clients = clientsOf(given.emulator);
            given.team = given.emulator.addTeam("Platform").id;
            given.window = await WindowPage.open(given.browser, given.emulator);
        });

        afterEach(async () => {
            await given.window.page.close();
            await given.emulator.close();
            expect(given.window.complaints).toEqual([]);
        });

        tests(given);
    });
}

export function runningWorkspace({ emulator, team }: WindowTest, contextUrl = MARKED): string {
    return emulator.outside.create({ contextUrl, organizationId: team, phase: "RUNNING" });
}

/** One of each kind. Resolves once the page shows them, with the id of the one whose start has failed. */
export async function oneOfEachKind(given: WindowTest): Promise<string> {
    const { emulator, clients, team, window } = given;
    const review = await createWorkspace(clients, team, marked("review", `${REPOSITORY}/pull/42`));
    await emulator.whenPhase(review, "RUNNING");
    const training = await createWorkspace(
        clients,
        team,
        marked("training", "https://github.com/acme/course"),
    );
    await emulator.whenPhase(training, "RUNNING");
    await clients.workspaces.stopWorkspace({ workspaceId: training });
    await emulator.whenPhase(training, "STOPPED");
    const failing = await createWorkspace(clients, team, marked("nightly"));
    emulator.outside.failInstance(failing, "no node is free");
    emulator.nextStart({ imageBuildMs: 600_000 });
    const building = await createWorkspace(clients, team, marked("docs", "https://github.com/acme/handbook"));
    await emulator.whenPhase(building, "IMAGEBUILD");
    const handmade = runningWorkspace(given, `${REPOSITORY}/tree/next`);
    emulator.outside.setGitStatus(handmade, { uncommitted: ["a", "b"], unpushed: ["c"] });
    const gone = await createWorkspace(clients, team, marked("old"));
    emulator.outside.stop(gone);
    await clients.workspaces.deleteWorkspace({ workspaceId: gone });
    expect(await codeOf(clients.workspaces.getWorkspace({ workspaceId: "acme-shop-0123456789a" }))).toBe(
        "not_found",
    );
    emulator.addTeam("Guild", { owner: emulator.addUser("bob").id, members: [emulator.userId] });
    await window.shows(failing, "Phase", "failed: no node is free");
    await window.says("td", "bob (owner), alice (member)");
    return failing;
}
