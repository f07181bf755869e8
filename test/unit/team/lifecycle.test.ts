import type { TeamInputs } from "../../../provider/src/plugin/team/inputs";
import { createTeam, deleteTeam, readTeam, updateTeam } from "../../../provider/src/plugin/team/lifecycle";
import type { TeamState } from "../../../provider/src/plugin/team/state";
import { failure, neverSent } from "../support/failures";
import { ADA } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const PROVIDER = "exports.handler=…";
const LOST = failure("deadline_exceeded");
const BOB = { id: "bob-id", name: "bob" };

let runtime: FakeRuntime;

beforeEach(() => {
    runtime = fakeRuntime();
});

const create = (inputs: Partial<TeamInputs> = {}) =>
    runtime.clock.until(createTeam(runtime, { name: "Platform", ...inputs }, PROVIDER));
const update = (news: TeamInputs, olds: TeamState = saved()) =>
    runtime.clock.until(updateTeam(runtime, "t", olds, news));
const read = (state: Partial<TeamState> = saved()) => runtime.clock.until(readTeam(runtime, "t", state));
const remove = (state = saved()) => runtime.clock.until(deleteTeam(runtime, "t", state));
const count = (method: "createTeam" | "renameOrganization" | "deleteTeam" | "listTeams"): number =>
    runtime.client.times(method).length;

function saved(): TeamState {
    return { name: "Platform", members: [{ userId: ADA.id, role: "owner" }] };
}

describe("a create", () => {
    test("makes a team, and knows its slug", async () => {
        const { id, outs } = await create();
        expect(id).toBe("team-1");
        expect(outs).toEqual({
            name: "Platform",
            slug: "platform",
            members: [{ userId: ADA.id, role: "owner" }],
        });
    });

    test("where gitpod.v1 is not served has no slug", async () => {
        runtime.client.fail("getOrganization", failure("unimplemented"));
        expect((await create()).outs).not.toHaveProperty("slug");
    });

    test("whose slug can't be read saves the team", async () => {
        runtime.client.fail("getOrganization", failure("internal"));
        await expect(create()).rejects.toMatchObject({
            id: "team-1",
            properties: { name: "Platform", __provider: PROVIDER },
        });
    });

    test("of a name that the caller owns already is refused, with the id to adopt", async () => {
        runtime.client.putTeam("first", "Platform");
        await expect(create()).rejects.toThrow(
            'ada already owns a team named "Platform": first. To manage it here set adopt to its id; to have another of that name set allowDuplicateName: true',
        );
        expect(count("createTeam")).toBe(0);
    });

    test("of such a name is done where that is allowed", async () => {
        runtime.client.putTeam("first", "Platform");
        expect((await create({ allowDuplicateName: true })).id).toBe("team-1");
    });

    test("does not mind a team of that name that somebody else owns", async () => {
        runtime.client.teams.set("theirs", {
            ...runtime.client.putTeam("theirs", "Platform"),
            members: [{ userId: ADA.id, role: "member" }],
        });
        expect((await create()).id).toBe("team-1");
    });

    test("of the same name twice at once makes one, and tells the other its id", async () => {
        const both = Promise.allSettled(
            [1, 2].map(() => createTeam(runtime, { name: "Platform" }, PROVIDER)),
        );
        const [first, second] = await runtime.clock.until(both);
        expect(first).toMatchObject({ status: "fulfilled", value: { id: "team-1" } });
        expect(second).toMatchObject({
            status: "rejected",
            reason: { message: expect.stringContaining("team-1") },
        });
    });

    test("of a name that no rename could give back says so", async () => {
        await create({ name: "x".repeat(33) });
        expect(runtime.lines).toEqual([expect.stringMatching(/^warning: .*at most 32 characters/)]);
    });
});

describe("a create whose answer is lost", () => {
    test.each([
        ["by a lost answer", LOST],
        ["by a final one: the server makes first and reads then", failure("not_found")],
    ])("is found %s", async (_, error) => {
        runtime.client.lose("createTeam", error);
        expect((await create()).id).toBe("team-1");
        expect(count("createTeam")).toBe(1);
    });

    test("does not take one that was there before", async () => {
        runtime.client.putTeam("before", "Platform");
        runtime.client.lose("createTeam", LOST);
        expect((await create({ allowDuplicateName: true })).id).toBe("team-1");
    });

    test("is looked for until its deadline, and is then the error it was", async () => {
        runtime.client.fail("createTeam", LOST);
        await expect(create()).rejects.toBe(LOST);
        expect(runtime.clock.now()).toBeGreaterThanOrEqual(120_000);
        expect(count("createTeam")).toBe(1);
    });

    test("with several candidates names them", async () => {
        runtime.client.fail("createTeam", LOST);
        runtime.client.later(2_000, () => {
            runtime.client.putTeam("late-1", "Platform");
            runtime.client.putTeam("late-2", "Platform");
        });
        await expect(create()).rejects.toThrow(/late-1, late-2\. Name the one to keep with `adopt`/);
    });

    test("but was never sent is not looked for", async () => {
        const error = neverSent();
        runtime.client.fail("createTeam", error);
        await expect(create()).rejects.toBe(error);
        expect(count("listTeams")).toBe(1);
    });
});

describe("adopting", () => {
    test("takes a team over, and renames it only where it has another name", async () => {
        runtime.client.putTeam("t", "Platform");
        expect((await create({ adopt: "t" })).id).toBe("t");
        expect(count("renameOrganization")).toBe(0);
        expect((await create({ adopt: "t", name: "Product" })).outs).toMatchObject({ name: "Product" });
        expect(count("renameOrganization")).toBe(1);
        expect(count("createTeam")).toBe(0);
    });

    test("is for owners", async () => {
        runtime.client.putTeam("t", "Platform");
        runtime.client.me = BOB;
        await expect(create({ adopt: "t" })).rejects.toThrow(
            "team t can't be adopted: bob is not an owner of it",
        );
    });

    test("is refused where the name is too long for the rename that it needs", async () => {
        runtime.client.putTeam("t", "Platform");
        await expect(create({ adopt: "t", name: "x".repeat(33) })).rejects.toThrow(
            /^team t can't be adopted: it is named "Platform", and can be renamed to at most 32 characters/,
        );
        runtime.client.putTeam("t", "x".repeat(33));
        expect((await create({ adopt: "t", name: "x".repeat(33) })).id).toBe("t");
    });

    test("that can't be renamed saves the team under the name that it has", async () => {
        runtime.client.putTeam("t", "Platform");
        runtime.client.fail("renameOrganization", failure("permission_denied"));
        await expect(create({ adopt: "t", name: "Product" })).rejects.toMatchObject({
            id: "t",
            properties: { name: "Platform", __provider: PROVIDER },
        });
    });
});

describe("a rename", () => {
    beforeEach(() => {
        runtime.client.putTeam("t", "Platform");
    });

    test("is sent once, and read back", async () => {
        expect((await update({ name: "Product" })).outs).toMatchObject({ name: "Product", slug: "product" });
        expect(count("renameOrganization")).toBe(1);
    });

    test("is not sent where the team has that name already: each may change the slug", async () => {
        await update({ name: "Platform" }, { ...saved(), name: "Old" });
        expect(count("renameOrganization")).toBe(0);
    });

    test("whose answer is lost is read back", async () => {
        runtime.client.lose("renameOrganization", LOST);
        expect((await update({ name: "Product" })).outs).toMatchObject({ name: "Product" });
        expect(count("renameOrganization")).toBe(1);
    });

    test("that failed is the error it was", async () => {
        runtime.client.fail("renameOrganization", LOST);
        await expect(update({ name: "Product" })).rejects.toBe(LOST);
    });

    test("that the server accepted and did not do is said", async () => {
        jest.spyOn(runtime.client, "renameOrganization").mockResolvedValueOnce({ id: "t", name: "Product" });
        await expect(update({ name: "Product" })).rejects.toThrow(
            /still named "Platform" although the server accepted/,
        );
    });

    test("where gitpod.v1 is not served is a clear error, and changes nothing", async () => {
        runtime.client.fail("renameOrganization", failure("unimplemented"));
        await expect(update({ name: "Product" })).rejects.toThrow(
            /can't be renamed from "Platform" to "Product": this installation does not serve gitpod\.v1.*Nothing was changed/,
        );
        expect(runtime.client.teams.get("t")?.name).toBe("Platform");
    });

    test("of a team that is gone advises a refresh", async () => {
        runtime.client.teams.clear();
        await expect(update({ name: "Product" })).rejects.toThrow(
            /no longer there.*Run `pulumi up --refresh`/,
        );
    });
});

describe("a refresh", () => {
    test("shows what is there, and a rename by somebody", async () => {
        runtime.client.putTeam("t", "Theirs");
        const { id, props, inputs } = await read({ ...saved(), adopt: "t" });
        expect(id).toBe("t");
        expect(props).toMatchObject({ name: "Theirs", slug: "theirs", adopt: "t" });
        expect(inputs).toStrictEqual({ name: "Theirs", adopt: "t" });
    });

    test("of a team that a program only looks up", async () => {
        runtime.client.putTeam("t", "Platform");
        expect(await read({})).toMatchObject({ id: "t", inputs: { name: "Platform" } });
    });

    test("drops one that the server does not know, where the caller was a member", async () => {
        expect(await read()).toEqual({ id: "", props: {} });
    });

    test("drops none for a caller who was not: to them it looks the same", async () => {
        runtime.client.me = BOB;
        await expect(read()).rejects.toThrow(/^team t can't be seen by bob \(bob-id\), who was not a member/);
    });

    test.each(["permission_denied", "internal", "unavailable", "unauthenticated", "unimplemented"] as const)(
        "takes %s for no absence",
        async (code) => {
            runtime.client.fail("getTeam", failure(code));
            await expect(read()).rejects.toMatchObject({ code });
        },
    );
});

describe("a delete", () => {
    test("is read back", async () => {
        runtime.client.putTeam("t", "Platform");
        await remove();
        expect(runtime.client.calls.map(({ method }) => method)).toEqual([
            "getTeam",
            "deleteTeam",
            "getTeam",
            "whoAmI",
            "listTeams",
        ]);
    });

    test("of a team that is listed, and yet not found, is no success", async () => {
        runtime.client.putTeam("t", "Platform");
        runtime.client.fail("getTeam", failure("not_found"));
        await expect(remove()).rejects.toMatchObject({ code: "not_found" });
        expect(runtime.client.teams.size).toBe(1);
    });

    test("of a team that is gone makes no call to delete it", async () => {
        await remove();
        expect(count("deleteTeam")).toBe(0);
    });

    test("that finds nothing to delete is read back too", async () => {
        runtime.client.putTeam("t", "Platform");
        runtime.client.lose("deleteTeam", failure("not_found"));
        await remove();
        expect(count("deleteTeam")).toBe(1);
    });

    test("that the server accepts and does not do is repeated, then reported", async () => {
        runtime.client.putTeam("t", "Platform");
        jest.spyOn(runtime.client, "deleteTeam").mockResolvedValue();
        await expect(remove()).rejects.toThrow(
            /still there although the server accepted.*run `pulumi destroy` again/,
        );
        expect(runtime.client.deleteTeam).toHaveBeenCalledTimes(3);
    });

    test("that is refused is the error it was", async () => {
        runtime.client.putTeam("t", "Platform");
        runtime.client.fail("deleteTeam", failure("permission_denied"));
        await expect(remove()).rejects.toMatchObject({ code: "permission_denied" });
    });

    test("by somebody who never was a member is no success", async () => {
        runtime.client.me = BOB;
        await expect(remove()).rejects.toThrow(/can't be seen by bob/);
    });
});
