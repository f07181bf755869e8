import { Emulator } from "gitpod-emulator";
import { foreignRequest } from "../../emulator/src/origin-guard";
import { REPOSITORY } from "./fixture";
import { send } from "./http-client";

const host = "127.0.0.1:8080";
const origin = `http://${host}`;

test.each([
    ["a program", { host }],
    ["a program that says localhost", { host: "localhost:8080" }],
    ["a program by IPv6", { host: "[::1]:8080" }],
    ["a program by HTTP/2", { ":authority": host }],
    ["an address that was typed", { host, "sec-fetch-site": "none" }],
    ["the page's own request", { host, origin, "sec-fetch-site": "same-origin" }],
    ["the page under another name", { host: "LocalHost:8080", origin: "http://localhost:8080" }],
])("lets %s through", (_who, headers) => {
    expect(foreignRequest(headers, "http")).toBeUndefined();
});

test.each([
    ["a name that was pointed at this machine", { host: "evil.example:8080" }, /evil\.example/],
    ["such a name by HTTP/2", { ":authority": "evil.example" }, /evil\.example/],
    ["a name that only begins well", { host: "localhost.evil.example" }, /localhost\.evil/],
    ["an address in disguise", { host: "127.0.0.1:80@evil.example" }, /evil/],
    ["no host", {}, /not ""/],
    ["a page of elsewhere", { host, origin: "https://evil.example" }, /https:\/\/evil\.example/],
    ["a page of another port", { host, origin: "http://127.0.0.1:9999" }, /9999/],
    ["a page by another scheme", { host, origin: `https://${host}` }, /https/],
    ["a page without an origin", { host, origin: "null" }, /null/],
    ["another name of this machine", { host, origin: "http://localhost:8080" }, /localhost/],
    ["a link from elsewhere", { host, "sec-fetch-site": "cross-site" }, /from elsewhere/],
    ["a link of another port", { host, "sec-fetch-site": "same-site" }, /from elsewhere/],
    ["two origins at once", { host, "sec-fetch-site": "same-origin, none" }, /from elsewhere/],
])("refuses %s", (_who, headers, reason) => {
    expect(foreignRequest(headers, "http")).toMatch(reason);
});

describe("over HTTP", () => {
    let emulator: Emulator;

    beforeEach(async () => {
        emulator = await Emulator.start({ limits: false });
    });

    afterEach(() => emulator.close());

    const foreign = { Origin: "https://evil.example" };
    const rebound = { Host: "evil.example" };
    const linked = { "Sec-Fetch-Site": "cross-site" };

    test.each([
        ["GET", "", foreign],
        ["GET", "state", foreign],
        ["GET", "state", rebound],
        ["GET", "state", linked],
        ["GET", "window", rebound],
        ["GET", "window/main.js", linked],
        ["POST", "outside/stop", foreign],
        ["POST", "outside/stop", rebound],
        ["DELETE", "calls", foreign],
        ["OPTIONS", "outside/stop", foreign],
    ])("%s /_emulator/%s is refused with %j", async (method, path, headers) => {
        const organizationId = emulator.addTeam("Acme").id;
        const id = emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "RUNNING" });
        const body = method === "POST" ? { body: JSON.stringify({ id }) } : {};
        const answer = await send(emulator.url, { method, path: `/_emulator/${path}`, headers, ...body });
        expect(answer.status).toBe(403);
        expect(JSON.parse(answer.text)).toEqual({ error: expect.any(String) });
        expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
        expect(emulator.workspaces()).toMatchObject([{ phase: "RUNNING" }]);
    });
});
