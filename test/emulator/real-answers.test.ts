import { Emulator } from "gitpod-emulator";
import { pass, resumeTime, stopTime } from "./fixture";
import { type HttpAnswer, send } from "./http-client";
import { STEPS, type Step, type World } from "./recorded-steps";
import { Names, type RecordedExchange, recordedExchanges } from "./recording";

const PACKAGE = "gitpod.experimental.v1.";

const exchanges = recordedExchanges().map((exchange, index, all) => ({
    exchange,
    line: index + 1,
    step: stepOf(exchange, index, all),
}));

function stepOf(exchange: RecordedExchange, index: number, all: RecordedExchange[]): Step {
    const first = all.findIndex(({ section }) => section === exchange.section);
    return STEPS[exchange.section]?.[index - first] ?? {};
}

describe("what the real server answered", () => {
    let world: World;
    const tokens: Record<NonNullable<Step["as"]> | "first user", string> = {
        "first user": "",
        "second user": "",
        stranger: "",
    };

    beforeAll(async () => {
        // The phase in which a workspace is seen must not depend on how fast the machine is.
        stopTime();
        const emulator = await Emulator.start({ limits: false, parallelLimit: 3 });
        tokens["first user"] = emulator.token;
        tokens["second user"] = emulator.addUser("bob").token;
        tokens.stranger = emulator.addUser("carol").token;
        world = { emulator, names: new Names(), pass };
    });

    afterAll(async () => {
        resumeTime();
        await world.emulator.close();
    });

    async function play({ rpc, request, status }: RecordedExchange, step: Step): Promise<HttpAnswer> {
        step.before?.(world);
        const caller = `Bearer ${tokens[step.as ?? "first user"]}`;
        const authorization = step.authorization === undefined ? caller : step.authorization;
        const giveUp = new AbortController();
        const arrived = world.emulator.nextCall(rpc);
        const body = step.request?.(world.names) ?? JSON.parse(world.names.fill(JSON.stringify(request)));
        const answer = send(world.emulator.url, {
            path: `/${rpc.startsWith("gitpod.") ? "" : PACKAGE}${rpc}`,
            method: step.method ?? "POST",
            headers: {
                "Content-Type": step.contentType ?? "application/json",
                ...(authorization === null ? {} : { Authorization: authorization }),
                ...(step.timeoutMs === undefined ? {} : { "Connect-Timeout-Ms": String(step.timeoutMs) }),
            },
            signal: giveUp.signal,
            ...(step.method === "GET" ? {} : { body: step.rawBody ?? JSON.stringify(body) }),
        });
        if (status === 0) {
            await arrived;
            giveUp.abort();
            return await answer.catch(() => ({ status: 0, headers: {}, text: "" }));
        }
        if (step.timeoutMs !== undefined) {
            await arrived;
            world.pass(step.timeoutMs);
        }
        return await answer;
    }

    const played = exchanges.filter(({ step }) => step.skipped === undefined);

    test.each(played)("line $line: $exchange.rpc ($exchange.section)", async ({ exchange, step }) => {
        const answer = await play(exchange, step);
        expect(answer.status).toBe(exchange.status);
        if (exchange.body !== undefined) {
            expect(world.names.differences(exchange.body, JSON.parse(answer.text))).toEqual([]);
        } else if (exchange.code !== undefined) {
            const error: Record<string, unknown> = JSON.parse(answer.text);
            expect(error["code"]).toBe(exchange.code);
            expect(Object.keys(error).filter((key) => key !== "message")).toEqual(["code"]);
        } else {
            expect(answer.headers["content-type"] ?? "").not.toContain("json");
        }
    });

    test("everything is played but what is known to be out of reach", () => {
        expect(exchanges.filter(({ step }) => step.skipped !== undefined).map(({ line }) => line)).toEqual([
            86, 88,
        ]);
        expect(exchanges).toHaveLength(110);
    });

    test("every step belongs to an exchange", () => {
        const used = new Set(exchanges.map(({ step }) => step));
        const unused = Object.values(STEPS).flatMap((section) =>
            Object.values(section).filter((step) => !used.has(step)),
        );
        expect(unused).toEqual([]);
    });
});
