import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
    MalformedAnswer,
    toOrganization,
    toPhase,
    toTeam,
    toTime,
    toWorkspace,
} from "../../../provider/src/wire/convert";
import { PHASES } from "../../../provider/src/wire/domain";
import { type TeamRole, TeamSchema } from "../../../provider/src/wire/gen/gitpod/experimental/v1/teams_pb";
import {
    type PortPolicy,
    type PortProtocol,
    WorkspaceInstanceStatus_Phase,
    WorkspaceSchema,
} from "../../../provider/src/wire/gen/gitpod/experimental/v1/workspaces_pb";
import { OrganizationSchema } from "../../../provider/src/wire/gen/gitpod/v1/organization_pb";

type Init = MessageInitShape<typeof WorkspaceSchema>;
const workspace = (init: Init) =>
    toWorkspace(create(WorkspaceSchema, { workspaceId: "w", ownerId: "o", ...init }));
const running = (status: object) => workspace({ status: { instance: { instanceId: "i", status } } }).instance;

describe("phases", () => {
    test.each(PHASES.map((phase, number) => [phase, number] as const))(
        "%s is %i on the wire",
        (phase, number) => {
            expect(WorkspaceInstanceStatus_Phase[number]).toBe(phase);
            expect(toPhase(number)).toBe(phase);
        },
    );

    test.each([10, 99, -1, 1.5, Number.NaN])("%s is none of them", (number) => {
        expect(toPhase(number)).toBe("UNSPECIFIED");
    });

    test("an unknown one does not fail the answer", () => {
        expect(running({ phase: 42 })?.phase).toBe("UNSPECIFIED");
    });
});

test("a workspace without anything but its ids has no other key", () => {
    expect(workspace({})).toStrictEqual({ id: "w", ownerId: "o", context: { contextUrl: "" } });
    expect(workspace({ status: {}, context: {}, description: "", projectId: "" })).toStrictEqual({
        id: "w",
        ownerId: "o",
        context: { contextUrl: "" },
    });
});

test("an instance with an empty status has no key but the ones it needs", () => {
    const empty = { url: "", message: "", conditions: { failed: "", timeout: "" } };
    const bare = { id: "i", phase: "UNSPECIFIED", ports: [], touched: false };
    expect(running({})).toStrictEqual(bare);
    expect(running(empty)).toStrictEqual(bare);
});

test("a whole workspace", () => {
    const seen = workspace({
        description: "acme/shop - main",
        projectId: "p",
        context: {
            contextUrl: "A=1/https://github.com/acme/shop",
            details: {
                case: "git",
                value: {
                    normalizedContextUrl: "https://github.com/acme/shop",
                    repository: { owner: "acme", name: "shop" },
                },
            },
        },
        status: {
            instance: {
                instanceId: "i",
                createdAt: { seconds: 1_767_225_600n, nanos: 500_000_000 },
                status: {
                    phase: 6,
                    url: "https://w.ws.gitpod.io",
                    message: "hello",
                    conditions: { failed: "f", timeout: "t", firstUserActivity: { seconds: 1n } },
                    ports: [
                        { port: 3000n, policy: 2, protocol: 2, url: "https://3000-w.ws.gitpod.io" },
                        { port: 22n },
                        { port: 80n, policy: 77 as PortPolicy, protocol: 77 as PortProtocol },
                    ],
                },
            },
        },
    });
    expect(seen).toStrictEqual({
        id: "w",
        ownerId: "o",
        projectId: "p",
        description: "acme/shop - main",
        context: {
            contextUrl: "A=1/https://github.com/acme/shop",
            git: {
                normalizedContextUrl: "https://github.com/acme/shop",
                repository: { owner: "acme", name: "shop" },
            },
        },
        instance: {
            id: "i",
            phase: "RUNNING",
            createdAt: "2026-01-01T00:00:00.500Z",
            failed: "f",
            timeout: "t",
            message: "hello",
            url: "https://w.ws.gitpod.io",
            ports: [
                { port: 3000, policy: "public", protocol: "https", url: "https://3000-w.ws.gitpod.io" },
                { port: 22, policy: "private", protocol: "http" },
                { port: 80, policy: "private", protocol: "http" },
            ],
            touched: true,
        },
    });
});

test.each([
    ["git", { normalizedContextUrl: "u" }, { git: { normalizedContextUrl: "u" } }],
    ["prebuild", { prebuildId: "p" }, { prebuild: { prebuildId: "p" } }],
    ["snapshot", { snapshotId: "s" }, { snapshot: { snapshotId: "s" } }],
] as const)("a context from %s", (kind, value, expected) => {
    const details = { case: kind, value } as NonNullable<NonNullable<Init["context"]>["details"]>;
    expect(workspace({ context: { contextUrl: "c", details } }).context).toStrictEqual({
        contextUrl: "c",
        ...expected,
    });
});

describe("the git status", () => {
    test("believes a list that shows more than its total, and a total that says more than its cut list", () => {
        const gitStatus = {
            branch: "main",
            uncommitedFiles: ["a", "b"],
            untrackedFiles: ["c"],
            totalUntrackedFiles: 700,
            totalUnpushedCommits: 3,
        };
        expect(running({ gitStatus })?.gitStatus).toStrictEqual({
            branch: "main",
            uncommittedFiles: ["a", "b"],
            totalUncommittedFiles: 2,
            untrackedFiles: ["c"],
            totalUntrackedFiles: 700,
            unpushedCommits: [],
            totalUnpushedCommits: 3,
        });
    });

    test("is absent where it is absent, which is not the same as clean", () => {
        expect(running({})).not.toHaveProperty("gitStatus");
        expect(running({ gitStatus: {} })?.gitStatus).toMatchObject({ totalUncommittedFiles: 0, branch: "" });
    });
});

describe("times", () => {
    test.each([
        ["absent", undefined, undefined],
        ["the epoch", { seconds: 0n, nanos: 0 }, "1970-01-01T00:00:00.000Z"],
        [
            "the last that RFC 3339 can write",
            { seconds: 253_402_300_799n, nanos: 0 },
            "9999-12-31T23:59:59.000Z",
        ],
        ["one too late for RFC 3339", { seconds: 253_402_300_800n, nanos: 0 }, undefined],
        ["one before year 0", { seconds: -63_000_000_000n * 2n, nanos: 0 }, undefined],
        ["one that no calendar has", { seconds: 9_223_372_036_854_775_807n, nanos: 0 }, undefined],
        ["one as far in the past", { seconds: -9_223_372_036_854_775_808n, nanos: -1 }, undefined],
    ])("%s", (_, timestamp, expected) => {
        const given = timestamp && { $typeName: "google.protobuf.Timestamp" as const, ...timestamp };
        expect(toTime(given)).toBe(expected);
    });
});

describe("what is missing is an error, never absence", () => {
    test.each<[string, () => unknown]>([
        ["no workspace", () => toWorkspace(undefined)],
        ["a workspace without an id", () => workspace({ workspaceId: "" })],
        ["a workspace without an owner", () => workspace({ ownerId: "" })],
        ["an instance without an id", () => workspace({ status: { instance: { status: {} } } })],
        ["an instance without a status", () => workspace({ status: { instance: { instanceId: "i" } } })],
        ["no team", () => toTeam(undefined)],
        ["a team without an id", () => toTeam(create(TeamSchema, { name: "n" }))],
        ["no organization", () => toOrganization(undefined)],
        ["an organization without an id", () => toOrganization(create(OrganizationSchema, {}))],
    ])("%s", (_, convert) => {
        expect(convert).toThrow(MalformedAnswer);
    });
});

describe("teams", () => {
    test("roles that are not known are unspecified, and what is empty is left out", () => {
        const team = create(TeamSchema, {
            id: "t",
            name: "Platform",
            slug: "never-filled",
            members: [
                {
                    userId: "a",
                    role: 1,
                    fullName: "Ada",
                    primaryEmail: "ada@example.com",
                    memberSince: { seconds: 1n },
                },
                { userId: "b", role: 2, avatarUrl: "https://example.com/b.png" },
                { userId: "c", role: 0 },
                { userId: "d", role: 9 as TeamRole },
            ],
        });
        expect(toTeam(team)).toStrictEqual({
            id: "t",
            name: "Platform",
            members: [
                {
                    userId: "a",
                    role: "owner",
                    fullName: "Ada",
                    email: "ada@example.com",
                    memberSince: "1970-01-01T00:00:01.000Z",
                },
                { userId: "b", role: "member", avatarUrl: "https://example.com/b.png" },
                { userId: "c", role: "unspecified" },
                { userId: "d", role: "unspecified" },
            ],
        });
    });

    test.each([
        [{ id: "i" }, { invitationId: "i" }],
        [{ id: "" }, {}],
    ])("an invitation %j gives %j", (teamInvitation, expected) => {
        expect(toTeam(create(TeamSchema, { id: "t", teamInvitation }))).toStrictEqual({
            id: "t",
            name: "",
            members: [],
            ...expected,
        });
    });

    test.each([
        ["a-slug", { slug: "a-slug" }],
        ["", {}],
    ])("an organization's slug %j gives %j", (slug, expected) => {
        const organization = create(OrganizationSchema, { id: "t", name: "n", slug });
        expect(toOrganization(organization)).toStrictEqual({ id: "t", name: "n", ...expected });
    });
});
