import { LIST_LIMIT, LIST_LIMIT_V1 } from "../../provider/src/wire/client";
import { realClock } from "../../provider/src/wire/clock";
import { GitpodError } from "../../provider/src/wire/error";
import { Observer } from "../../provider/src/wire/observer";
import { overEveryWire, patient, REPOSITORY, type Site } from "./site";

const WAITERS = 20;
/** A tick is 50 ms. */
const CLOCK = patient(realClock(0.05));

function observe(site: Site): { observer: Observer; organizationId: string } {
    return {
        observer: new Observer(site.client({ clock: CLOCK }), CLOCK),
        organizationId: site.emulator.addTeam("Acme").id,
    };
}

function stopped({ emulator }: Site, organizationId: string, count: number): string[] {
    return Array.from({ length: count }, () =>
        emulator.outside.create({ contextUrl: REPOSITORY, organizationId, phase: "STOPPED" }),
    );
}

overEveryWire({ parallelLimit: WAITERS }, (site) => {
    test("twenty waiters of one organization cost one list a round", async () => {
        const rounds = 5;
        const { observer, organizationId } = observe(site());
        const ids = stopped(site(), organizationId, WAITERS);
        const answers = await Promise.all(
            ids.map(async (id) => {
                const seen = [];
                for (let round = 0; round < rounds; round++) {
                    seen.push((await observer.next(id, organizationId))?.id);
                }
                return { id, seen };
            }),
        );
        for (const { id, seen } of answers) {
            expect(seen).toEqual(Array(rounds).fill(id));
        }
        expect(site().count("ListWorkspaces")).toBe(rounds);
        expect(site().emulator.calls).toHaveLength(rounds);
    });

    test("twenty that wait until their workspaces run cost no more lists than one would cost calls", async () => {
        const { observer, organizationId } = observe(site());
        const { emulator } = site();
        const ids = Array.from({ length: WAITERS }, () =>
            emulator.outside.create({ contextUrl: REPOSITORY, organizationId }),
        );
        const asked = await Promise.all(
            ids.map(async (id) => {
                for (let questions = 1; ; questions++) {
                    const workspace = await observer.next(id, organizationId);
                    if (workspace?.instance?.phase === "RUNNING") {
                        return questions;
                    }
                }
            }),
        );
        expect(emulator.calls.length).toBeLessThanOrEqual(Math.max(...asked) + 1);
    });

    test("one waiter asks for one workspace", async () => {
        const { observer, organizationId } = observe(site());
        const [id = ""] = stopped(site(), organizationId, 1);
        await observer.next(id, organizationId);
        expect(site().emulator.calls.map(({ rpc }) => rpc)).toEqual(["GetWorkspace"]);
    });

    test("two organizations are asked for one after the other", async () => {
        const { observer, organizationId } = observe(site());
        const other = site().emulator.addTeam("Other").id;
        const questions = [
            ...stopped(site(), organizationId, 2).map((id) => observer.next(id, organizationId)),
            ...stopped(site(), other, 2).map((id) => observer.next(id, other)),
        ];
        await Promise.all(questions);
        expect(site().count("ListWorkspaces")).toBe(2);
    });

    test("who asks at once is told at once, and a deleted workspace is absent", async () => {
        const { observer, organizationId } = observe(site());
        const [gone = "", there = ""] = stopped(site(), organizationId, 2);
        site().emulator.outside.delete(gone);
        const [absent, listed] = await Promise.all([
            observer.presence(gone, organizationId),
            observer.presence(there, organizationId),
        ]);
        expect(absent).toEqual({ kind: "absent" });
        expect(listed).toMatchObject({ kind: "listed", workspace: { id: there } });
        expect(site().count("ListWorkspaces")).toBe(1);
    });

    test("behind a full page gitpod.v1 decides, and behind a full one of those nothing does", async () => {
        const { observer, organizationId } = observe(site());
        const [oldest = ""] = stopped(site(), organizationId, LIST_LIMIT + 1);
        const [deleted = ""] = stopped(site(), organizationId, 1);
        site().emulator.outside.delete(deleted);
        await expect(observer.presence(oldest, organizationId)).resolves.toMatchObject({
            kind: "listed",
            workspace: { id: oldest },
        });
        await expect(observer.presence(deleted, organizationId)).resolves.toEqual({ kind: "absent" });
        await expect(observer.next(oldest, organizationId)).resolves.toMatchObject({ id: oldest });

        stopped(site(), organizationId, LIST_LIMIT_V1);
        await expect(observer.presence(deleted, organizationId)).resolves.toEqual({ kind: "undecided" });
    });

    test("a failed answer fails all who waited for it, and none who ask later", async () => {
        const { observer, organizationId } = observe(site());
        const ids = stopped(site(), organizationId, 2);
        site().emulator.fail({
            rpc: "WorkspacesService/ListWorkspaces",
            when: "before",
            kind: "error",
            code: "permission_denied",
        });
        const outcomes = await Promise.allSettled(ids.map((id) => observer.next(id, organizationId)));
        for (const outcome of outcomes) {
            expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(GitpodError) });
        }
        expect(await Promise.all(ids.map((id) => observer.next(id, organizationId)))).toHaveLength(2);
    });

    test("who the caller is and which classes there are is asked once", async () => {
        const { observer } = observe(site());
        await Promise.all([observer.user(), observer.user(), observer.classes()]);
        await Promise.all([observer.user(), observer.classes()]);
        expect(
            site()
                .emulator.calls.map(({ rpc }) => rpc)
                .sort(),
        ).toEqual(["GetAuthenticatedUser", "ListWorkspaceClasses"]);
    });
});

describe("an installation without gitpod.v1", () => {
    overEveryWire({ v1: false }, (site) => {
        test("a full page decides nothing", async () => {
            const { observer, organizationId } = observe(site());
            const [oldest = ""] = stopped(site(), organizationId, LIST_LIMIT + 1);
            await expect(observer.presence(oldest, organizationId)).resolves.toEqual({ kind: "undecided" });
        });
    });
});
