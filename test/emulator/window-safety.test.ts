import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CDPSession } from "puppeteer-core";
import { createWorkspace, REPOSITORY } from "./fixture";
import { describeInBrowser, MARKED, runningWorkspace } from "./window-fixture";

const HOSTILE = '<img src=x onerror="window.ran=1">';

describeInBrowser("the window", (given) => {
    let elsewhere: Server | undefined;

    afterEach(() => elsewhere?.close());

    test("shows texts as they are, and runs none of them", async () => {
        const { emulator, clients, team, window } = given;
        emulator.outside.renameTeam(team, "<b>bold</b><script>ran=1</script>".slice(0, 32));
        const context = `${REPOSITORY}/tree/${HOSTILE}`;
        const id = await createWorkspace(clients, team, context);
        emulator.outside.failInstance(id, HOSTILE);
        await window.shows(id, "Phase", `failed: ${HOSTILE}`);
        await window.shows(id, "Team", "<b>bold</b>");
        await window.says("th", context);
        await window.says("td", context);
        expect(
            await window.page.evaluate(() => [
                document.querySelectorAll("img, b, main script").length,
                "ran" in globalThis,
            ]),
        ).toEqual([0, false]);
    });

    test("loads no secret", async () => {
        const { emulator, clients, team, window } = given;
        const id = await createWorkspace(clients, team, `TOKEN=s3cr3t,${MARKED}`);
        await emulator.whenPhase(id, "RUNNING");
        await window.shows(id, "Phase", "RUNNING");
        await window.says("th", `TOKEN=…/${REPOSITORY}`);
        const all = await window.loaded();
        expect(all).toContain(id);
        for (const secret of [...emulator.secrets(), "s3cr3t"]) {
            expect(all).not.toContain(secret);
        }
    });

    test("a page of another origin can do nothing and learn nothing", async () => {
        const { browser, emulator } = given;
        const id = runningWorkspace(given);
        elsewhere = await pageOfAnotherOrigin();
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
        const session = await page.createCDPSession();
        await session.send("Network.enable");
        const answered = statusesOf(session, 3);
        const attempts = await page.evaluate(
            (url, body) => {
                const outcome = (work: Promise<Response>) =>
                    work.then(
                        ({ type }) => type,
                        () => "failed",
                    );
                return Promise.all([
                    outcome(fetch(`${url}outside/stop`, { method: "POST", mode: "no-cors", body })),
                    outcome(fetch(`${url}outside/stop`, { method: "POST", body })),
                    outcome(fetch(`${url}state`)),
                ]);
            },
            `${emulator.url}/_emulator/`,
            JSON.stringify({ id }),
        );
        // Even of a refusal the page learns nothing.
        expect(attempts).toEqual(["failed", "failed", "failed"]);
        expect(await answered).toEqual([403, 403, 403]);
        expect(emulator.workspaces()).toMatchObject([{ phase: "RUNNING" }]);
        await page.close();
    });
});

async function pageOfAnotherOrigin(): Promise<Server> {
    const server = createServer((_request, response) => {
        response.setHeader("Content-Type", "text/html");
        response.end("<!doctype html><title>Elsewhere</title>");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return server;
}

/** Those of the next answers, also of such as the browser then hides from the page. */
function statusesOf(session: CDPSession, count: number): Promise<number[]> {
    const statuses: number[] = [];
    return new Promise((resolve) => {
        session.on("Network.responseReceivedExtraInfo", ({ statusCode }) => {
            statuses.push(statusCode);
            if (statuses.length === count) resolve(statuses);
        });
    });
}
