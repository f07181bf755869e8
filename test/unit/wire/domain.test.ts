import { type Glimpse, isWhole, PHASES, sightingIn } from "../../../provider/src/wire/domain";
import { ADA, workspaceIn } from "../support/fake-client";

const of = (instance?: Glimpse["instance"]): Glimpse => ({
    id: "w",
    ownerId: ADA.id,
    variables: [{ name: "PULUMI_URN", value: "m" }],
    ...(instance === undefined ? {} : { instance }),
});

test.each(PHASES.filter((phase) => phase !== "UNSPECIFIED"))(
    "a glimpse tells of a workspace in %s",
    (phase) => {
        const instance = { id: "run-1", phase, ports: [] };
        expect(sightingIn(of(instance))).toStrictEqual({ id: "w", ownerId: ADA.id, instance });
    },
);

test.each([undefined, { id: "run-1", phase: "UNSPECIFIED" as const, ports: [] }])(
    "a glimpse does not tell of a workspace whose instance is %j",
    (instance) => {
        expect(sightingIn(of(instance))).toBeUndefined();
    },
);

test("only with its context a workspace is whole", () => {
    const { context, ...rest } = workspaceIn("w", "RUNNING");
    expect([isWhole(rest), isWhole({ ...rest, context })]).toEqual([false, true]);
});
