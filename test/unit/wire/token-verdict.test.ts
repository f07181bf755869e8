import { TokenVerdict } from "../../../provider/src/wire/token-verdict";
import { failure } from "../support/failures";

const INTERNAL = failure("internal");
const REFUSED = failure("unauthenticated");

test("what an experimental call was refused for first stands for what it says later", async () => {
    const ask = jest.fn();
    const verdict = new TokenVerdict(ask);
    expect(await verdict.on(REFUSED, true)).toBe(REFUSED);
    expect(await verdict.on(INTERNAL, true)).toBe(REFUSED);
    expect(ask).not.toHaveBeenCalled();
});

test("where the first answer is internal already, gitpod.v1 is asked once", async () => {
    const ask = jest.fn().mockResolvedValue(REFUSED);
    const verdict = new TokenVerdict(ask);
    const both = [verdict.on(INTERNAL, true), verdict.on(INTERNAL, true)];
    expect(await Promise.all(both)).toEqual([REFUSED, REFUSED]);
    expect(ask).toHaveBeenCalledTimes(1);
});

test.each([failure("invalid_argument"), failure("unimplemented"), undefined])(
    "where that says nothing of the token, internal stays what it was: %s",
    async (said) => {
        const ask = jest.fn().mockResolvedValue(said);
        const verdict = new TokenVerdict(ask);
        expect(await verdict.on(INTERNAL, true)).toBe(INTERNAL);
        expect(await verdict.on(INTERNAL, true)).toBe(INTERNAL);
        expect(ask).toHaveBeenCalledTimes(1);
    },
);

test("a token that was good for a call is not doubted", async () => {
    const ask = jest.fn().mockResolvedValue(REFUSED);
    const verdict = new TokenVerdict(ask);
    verdict.accepted();
    expect(await verdict.on(INTERNAL, true)).toBe(INTERNAL);
    expect(ask).not.toHaveBeenCalled();
});

test("internal from gitpod.v1, and another code, say nothing of a token", async () => {
    const ask = jest.fn().mockResolvedValue(REFUSED);
    const verdict = new TokenVerdict(ask);
    expect(await verdict.on(INTERNAL, false)).toBe(INTERNAL);
    const unavailable = failure("unavailable");
    expect(await verdict.on(unavailable, true)).toBe(unavailable);
    expect(ask).not.toHaveBeenCalled();
});

test("a create that Gitpod may have no access for says nothing of a token", async () => {
    const verdict = new TokenVerdict(async () => undefined);
    const noAccess = failure("unauthenticated", { operation: "WorkspacesService/CreateAndStartWorkspace" });
    expect(await verdict.on(noAccess, true)).toBe(noAccess);
    expect(await verdict.on(INTERNAL, true)).toBe(INTERNAL);
});
