import type { Emulator } from "gitpod-emulator";
import type { Browser, HTTPResponse, Page } from "puppeteer-core";

/** The window in a browser, and what a person finds in it. */
export class WindowPage {
    /** What the browser complained of: errors of scripts, and what the security policy has stopped. */
    readonly complaints: string[] = [];
    private readonly responses: HTTPResponse[] = [];

    private constructor(readonly page: Page) {
        page.on("pageerror", (error) => this.complaints.push(String(error)));
        page.on("console", (message) => {
            if (message.type() === "error") this.complaints.push(message.text());
        });
        page.on("response", (response) => this.responses.push(response));
    }

    static async open(browser: Browser, emulator: Emulator): Promise<WindowPage> {
        const opened = new WindowPage(await browser.newPage());
        await opened.page.goto(`${emulator.url}/_emulator/`);
        await opened.page.waitForSelector("#view:not([hidden])");
        return opened;
    }

    /** All that it has loaded so far. */
    async loaded(): Promise<string> {
        return (await Promise.all(this.responses.map((response) => response.text()))).join("\n");
    }

    /** Waits until some element says it. How the text is broken into lines does not count. */
    async says(selector: string, text: string): Promise<void> {
        await this.page.waitForFunction(
            (where, what) =>
                Array.from(document.querySelectorAll(where)).some((element) =>
                    element.textContent?.replace(/\s+/g, " ").includes(what),
                ),
            {},
            selector,
            text,
        );
    }

    /** Waits until the workspace's line has it in one of its columns. */
    async shows(id: string, column: string, text: string): Promise<void> {
        await this.page.waitForFunction(
            (name, label, what) =>
                Array.from(document.querySelectorAll("tr")).some(
                    (row) =>
                        row.querySelector("code")?.textContent === name &&
                        row.querySelector(`[data-label="${label}"]`)?.textContent?.includes(what),
                ),
            {},
            id,
            column,
            text,
        );
    }

    async press(label: string, id: string): Promise<void> {
        await this.page.click(`button[aria-label="${label}: ${id}"]`);
    }

    /** What somebody who works by keyboard is at. */
    focused(): Promise<string | null> {
        return this.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);
    }

    async tabTo(label: string, id: string): Promise<void> {
        const buttons = await this.page.$$("button");
        for (const _ of buttons) {
            await this.page.keyboard.press("Tab");
            if ((await this.focused()) === `${label}: ${id}`) {
                return;
            }
        }
        throw new Error(`Tab does not lead to "${label}: ${id}"`);
    }
}
