import { deleteWorkspace } from "../../../provider/src/plugin/workspace/delete";
import { toState, type WorkspaceState } from "../../../provider/src/plugin/workspace/state";
import type { GitStatus, Phase } from "../../../provider/src/wire/domain";
import { failure } from "../support/failures";
import { ADA, ORG, SHOP, workspaceIn } from "../support/fake-client";
import { type FakeRuntime, fakeRuntime } from "../support/fake-runtime";

const DIRTY: GitStatus = {
    branch: "main",
    uncommittedFiles: ["src/a.ts"],
    totalUncommittedFiles: 1,
    untrackedFiles: [],
    totalUntrackedFiles: 0,
    unpushedCommits: [],
    totalUnpushedCommits: 0,
};
const CLEAN: GitStatus = { ...DIRTY, uncommittedFiles: [], totalUncommittedFiles: 0 };

let runtime: FakeRuntime;

beforeEach(() => {
    runtime = fakeRuntime();
    runtime.held.add("w");
});

const saved = (inputs = {}): WorkspaceState =>
    toState({ contextUrl: SHOP, ...inputs }, ORG, { ownerId: ADA.id, running: true });
const remove = (inputs = {}) => runtime.clock.until(deleteWorkspace(runtime, "w", saved(inputs)));
const put = (phase: Phase | undefined, rest = {}) => runtime.client.put(workspaceIn("w", phase, rest));
const writes = (): string[] =>
    runtime.client.calls.map(({ method }) => method).filter((method) => /^(start|stop|delete)/.test(method));

test("one that runs is stopped, then deleted, then seen to be gone", async () => {
    put("RUNNING", { gitStatus: CLEAN });
    await remove();
    expect(writes()).toEqual(["stopWorkspace", "deleteWorkspace"]);
    expect(runtime.client.calls.at(-1)?.method).toBe("listWorkspaces");
    expect(runtime.held.has("w")).toBe(false);
});

test.each<Phase | undefined>(["STOPPED", undefined])("%s needs no stop", async (phase) => {
    put(phase);
    await remove();
    expect(writes()).toEqual(["deleteWorkspace"]);
});

describe("unsaved work", () => {
    test.each<[string, object, RegExp]>([
        ["uncommitted", { gitStatus: DIRTY }, /on branch main, 1 uncommitted file: src\/a\.ts/],
        ["unpushed", { gitStatus: { ...CLEAN, totalUnpushedCommits: 2 } }, /2 unpushed commits/],
        ["untracked", { gitStatus: { ...CLEAN, totalUntrackedFiles: 3 } }, /3 untracked files/],
        ["not reported, and somebody was there", { touched: true }, /somebody used it/],
    ])("%s: refuses before it touches anything, and says how to go on", async (_, rest, words) => {
        put("RUNNING", rest);
        const outcome = remove();
        await expect(outcome).rejects.toThrow(words);
        await expect(outcome).rejects.toThrow(
            /Nothing was touched\. Push that work; or, to lose it, set forceDestroy: true and run `pulumi up`/,
        );
        expect(writes()).toEqual([]);
        expect(runtime.held.has("w")).toBe(true);
    });

    test("that appears during the stop: refuses again, and keeps what it has stopped", async () => {
        put("RUNNING", { gitStatus: CLEAN });
        runtime.client.stopped = (id) => {
            runtime.client.later(2_000, () => {
                runtime.client.put(workspaceIn(id, "STOPPED", { gitStatus: DIRTY }));
            });
        };
        await expect(remove()).rejects.toThrow(/1 uncommitted file.*It was stopped, and is kept/);
        expect(writes()).toEqual(["stopWorkspace"]);
    });

    test("is lost where that was asked for", async () => {
        put("RUNNING", { gitStatus: DIRTY });
        await remove({ forceDestroy: true });
        expect(writes()).toEqual(["stopWorkspace", "deleteWorkspace"]);
    });

    test("is none of a workspace that nobody used", async () => {
        put("RUNNING");
        await remove();
        expect(writes()).toContain("deleteWorkspace");
    });
});

describe("one that a full list does not show", () => {
    const gets = (): number => runtime.client.times("getWorkspace").length;
    const hide = (phase: Phase | undefined, rest = {}): void => {
        const ids = Array.from({ length: 100 }, (_, index) => `w-${index}`);
        for (const id of ids) {
            runtime.client.put(workspaceIn(id, "RUNNING"));
        }
        put(phase, rest);
        runtime.client.idsV1 = [...ids, "w"];
        const { removed } = runtime.client;
        runtime.client.removed = (id) => {
            removed(id);
            runtime.client.idsV1 = ids;
        };
    };

    test("is never asked for where the longer one tells of its work: there is none", async () => {
        hide("STOPPED", { gitStatus: CLEAN });
        await remove();
        expect(writes()).toEqual(["deleteWorkspace"]);
        expect(gets()).toBe(0);
    });

    test("is kept where that tells of work", async () => {
        hide("RUNNING", { gitStatus: DIRTY });
        await expect(remove()).rejects.toThrow(/1 uncommitted file: src\/a\.ts.*Nothing was touched/);
        expect(writes()).toEqual([]);
    });

    test.each<[string, Phase | undefined, object, boolean]>([
        ["its work, and it was used", "STOPPED", { touched: true }, false],
        ["its work, and nobody used it", "STOPPED", {}, true],
        ["of an instance, and it has one", "UNSPECIFIED", { gitStatus: DIRTY }, false],
        ["of an instance, and it has none", undefined, {}, true],
    ])("is asked for where that does not tell of %s", async (_, phase, rest, ends) => {
        hide(phase, rest);
        if (ends) {
            await remove();
        } else {
            await expect(remove()).rejects.toThrow(/holds work/);
        }
        expect(gets()).toBeGreaterThan(0);
        expect(writes()).toEqual(ends ? ["deleteWorkspace"] : []);
    });

    test("is not asked for where its work may be lost", async () => {
        hide("STOPPED", { touched: true });
        await remove({ forceDestroy: true });
        expect(gets()).toBe(0);
    });
});

describe("one that is gone", () => {
    test.each([
        ["soft-deleted", true],
        ["unknown to the server", false],
    ])("%s: success, and nothing is touched", async (_, known) => {
        if (known) {
            put("RUNNING", { gitStatus: DIRTY });
            runtime.client.deleted.add("w");
        }
        await remove();
        expect(writes()).toEqual([]);
        expect(runtime.held.has("w")).toBe(false);
    });

    test("by the time of the call: success", async () => {
        put("STOPPED");
        runtime.client.lose("deleteWorkspace", failure("not_found"));
        await remove();
        expect(writes()).toEqual(["deleteWorkspace"]);
    });

    test("only by the word of the call, while the list shows it: asked for again", async () => {
        put("STOPPED");
        runtime.client.fail("deleteWorkspace", failure("not_found"));
        await remove();
        expect(writes()).toEqual(["deleteWorkspace", "deleteWorkspace"]);
        expect(runtime.client.deleted).toContain("w");
    });

    test("during the stop: success, for that is what was wanted", async () => {
        put("RUNNING");
        runtime.client.stopped = (id) => {
            runtime.client.workspaces.delete(id);
            throw failure("not_found");
        };
        await remove();
        expect(writes()).toEqual(["stopWorkspace"]);
        expect(runtime.held.has("w")).toBe(false);
    });

    test("as one call says, while the list still shows it: the error of that call, and nothing is deleted", async () => {
        put("RUNNING");
        runtime.client.fail("stopWorkspace", failure("not_found"));
        await expect(remove()).rejects.toMatchObject({ code: "not_found" });
        expect(writes()).toEqual(["stopWorkspace"]);
    });

    test("during the wait, as a list shows: success too", async () => {
        put("RUNNING");
        runtime.client.put(workspaceIn("other", "RUNNING"));
        runtime.client.stopped = () => runtime.client.later(2_000, () => runtime.client.deleted.add("w"));
        const other = (async (): Promise<void> => {
            for (let tick = 0; tick < 8; tick++) {
                await runtime.observer.next("other", ORG);
            }
        })();
        await remove();
        await runtime.clock.until(other);
        expect(writes()).toEqual(["stopWorkspace"]);
    });
});

describe("a server that says OK and does nothing", () => {
    test("is asked again", async () => {
        put("STOPPED");
        const effect = runtime.client.removed;
        let ignored = 2;
        runtime.client.removed = (id) => {
            ignored -= 1;
            if (ignored < 0) {
                effect(id);
            }
        };
        await remove();
        // The list that shows it still comes 0.2 s after the one before the deletion.
        expect(runtime.client.times("deleteWorkspace")).toEqual([0, 2_200, 4_200]);
    });

    test("is reported when the time is over", async () => {
        put("STOPPED");
        runtime.client.removed = () => undefined;
        await expect(remove({ timeouts: { delete: "30s" } })).rejects.toThrow(
            /^workspace w is still there although the server accepted its deletion; run `pulumi destroy` again/,
        );
        expect(runtime.clock.now()).toBeGreaterThanOrEqual(30_000);
        expect(runtime.clock.now()).toBeLessThan(35_000);
    });
});

describe("what is no proof of absence", () => {
    test.each(["permission_denied", "internal", "unavailable", "unauthenticated"] as const)(
        "a Get that fails with %s",
        async (code) => {
            runtime.client.fail("getWorkspace", failure(code));
            await expect(remove()).rejects.toMatchObject({ code });
            expect(runtime.held.has("w")).toBe(true);
        },
    );

    test("another user's token", async () => {
        runtime.client.me = { id: "bob-id", name: "bob" };
        put("STOPPED");
        await expect(remove()).rejects.toThrow(/belongs to user ada-id, but the token is bob's \(bob-id\)/);
        expect(writes()).toEqual([]);
    });

    test("a full list: the workspace counts as alive, and the server's answer has to do", async () => {
        for (let index = 0; index < 100; index++) {
            runtime.client.put(workspaceIn(`w-${index}`, "RUNNING"));
        }
        put("RUNNING", { gitStatus: DIRTY });
        await expect(remove()).rejects.toThrow(/1 uncommitted file/);
        put("STOPPED", { gitStatus: CLEAN });
        await remove();
        expect(writes()).toEqual(["deleteWorkspace"]);
    });
});

test("a stop that takes too long names timeouts.delete", async () => {
    put("STOPPING");
    await expect(remove({ timeouts: { delete: "1m" } })).rejects.toThrow(
        /not stopped after 60 s.*timeouts\.delete$/,
    );
    expect(writes()).toEqual([]);
});
