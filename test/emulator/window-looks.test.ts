import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { describeInBrowser, oneOfEachKind } from "./window-fixture";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const PICTURE = join(__dirname, "../../docs/images/window.png");

describeInBrowser("the window", (given) => {
    test.each([
        ["light", 1200],
        ["dark", 1200],
        ["light", 320],
        ["dark", 320],
    ])(
        "has no failing of accessibility, and no need to scroll sideways: %s, %d pixels",
        async (value, width) => {
            const { page } = given.window;
            await page.setViewport({ width, height: 800 });
            await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
            const failed = await oneOfEachKind(given);
            await given.window.press("Stop", failed);
            await given.window.says("#status", "is stopped already");
            await page.evaluate(AXE);
            const { violations, passes } = (await page.evaluate("axe.run()")) as AxeResults;
            expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
            expect(passes.map(({ id }) => id)).toEqual(
                expect.arrayContaining(["color-contrast", "button-name"]),
            );
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        },
    );

    test("makes the picture for the README, which UPDATE_SCREENSHOT=1 keeps", async () => {
        const { page } = given.window;
        await page.setViewport({ width: 1200, height: 800 });
        await oneOfEachKind(given);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        const picture = Buffer.from(await page.screenshot({ fullPage: true }));
        expect(picture.subarray(1, 4).toString()).toBe("PNG");
        expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, height]);
        if (process.env["UPDATE_SCREENSHOT"] !== undefined) {
            writeFileSync(PICTURE, picture);
        }
    });
});
