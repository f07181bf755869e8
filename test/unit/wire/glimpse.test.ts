import { create, type Message, type MessageInitShape } from "@bufbuild/protobuf";
import { MalformedAnswer, toGlimpse } from "../../../provider/src/wire/convert";
import {
    AdmissionLevel,
    WorkspacePhase_Phase,
    WorkspacePort_Protocol,
    WorkspaceSchema,
} from "../../../provider/src/wire/gen/gitpod/v1/workspace_pb";

type Rest = { [K in "metadata" | "spec" | "status"]?: Init[K] };
type Init = Exclude<MessageInitShape<typeof WorkspaceSchema>, Message>;

const glimpse = (rest: Rest = {}) =>
    toGlimpse(create(WorkspaceSchema, { id: "w", metadata: { ownerId: "ada" }, ...rest }));

test("a workspace without anything but its ids has no other key", () => {
    const bare = { id: "w", ownerId: "ada", variables: [] };
    expect(glimpse()).toStrictEqual(bare);
    // As of one that never ran.
    expect(glimpse({ spec: {}, status: { phase: {} } })).toStrictEqual(bare);
});

test("a whole one", () => {
    expect(
        glimpse({
            metadata: { ownerId: "ada", name: "acme/shop - main" },
            spec: {
                environmentVariables: [{ name: "PULUMI_URN", value: "shop.dev.review.0f1e" }],
                ports: [
                    {
                        port: 8080n,
                        admission: AdmissionLevel.EVERYONE,
                        protocol: WorkspacePort_Protocol.HTTPS,
                        url: "https://8080-w.ws.gitpod.test",
                    },
                    { port: 80n },
                ],
            },
            status: {
                instanceId: "run-1",
                phase: { name: WorkspacePhase_Phase.STOPPED },
                conditions: { failed: "no such image", timeout: "too long" },
                workspaceUrl: "https://w.ws.gitpod.test",
                gitStatus: { branch: "main", uncommitedFiles: ["a.ts"], totalUncommitedFiles: 2 },
            },
        }),
    ).toStrictEqual({
        id: "w",
        ownerId: "ada",
        description: "acme/shop - main",
        variables: [{ name: "PULUMI_URN", value: "shop.dev.review.0f1e" }],
        instance: {
            id: "run-1",
            phase: "STOPPED",
            failed: "no such image",
            timeout: "too long",
            url: "https://w.ws.gitpod.test",
            ports: [
                { port: 8080, policy: "public", protocol: "https", url: "https://8080-w.ws.gitpod.test" },
                { port: 80, policy: "private", protocol: "http" },
            ],
            gitStatus: {
                branch: "main",
                uncommittedFiles: ["a.ts"],
                totalUncommittedFiles: 2,
                untrackedFiles: [],
                totalUntrackedFiles: 0,
                unpushedCommits: [],
                totalUnpushedCommits: 0,
            },
        },
    });
});

test("an empty report on the working copy is none, not one of no work", () => {
    const { instance } = glimpse({ status: { instanceId: "run-1", gitStatus: {} } });
    expect(instance).toBeDefined();
    expect(instance).not.toHaveProperty("gitStatus");
});

test.each([
    [6, "RUNNING"],
    [7, "INTERRUPTED"],
    [9, "STOPPING"],
    [10, "STOPPED"],
    // PAUSED, which the experimental API does not know, and what nobody knows.
    [8, "UNSPECIFIED"],
    [0, "UNSPECIFIED"],
    [11, "UNSPECIFIED"],
    [-1, "UNSPECIFIED"],
])("phase %d is %s", (name, phase) => {
    expect(glimpse({ status: { instanceId: "run-1", phase: { name } } }).instance?.phase).toBe(phase);
});

test.each<[string, MessageInitShape<typeof WorkspaceSchema>]>([
    ["no id", { metadata: { ownerId: "ada" } }],
    ["no metadata", { id: "w" }],
    ["no owner", { id: "w", metadata: {} }],
])("one with %s is an error, never absence", (_, workspace) => {
    expect(() => toGlimpse(create(WorkspaceSchema, workspace))).toThrow(MalformedAnswer);
});
