import { Emulator } from "gitpod-emulator";
import { type Clients, clientsOf, codeOf, createWorkspace, REPOSITORY } from "./fixture";

let emulator: Emulator;
let clients: Clients;
let team: string;

beforeAll(async () => {
    emulator = await Emulator.start({ limits: false, parallelLimit: 1000 });
    clients = clientsOf(emulator);
    team = emulator.addTeam("Acme").id;
});

afterAll(() => emulator.close());

describe("one prefix is read, and kept", () => {
    test.each([
        ["a plain URL", "", [], "git"],
        ["variables", "A=1,B=two%20words/", ["A=1", "B=twowords"], "git"],
        ["pairs that are none", "A=1,B,C=2=3/", ["A=1"], "git"],
        ["refused names", "GIT_X=1,MY_PATH=2/", [], "git"],
        ["the mark of a provider", "PULUMI_URN=a.b.c.d/", ["PULUMI_URN=a.b.c.d"], "git"],
        ["a prebuild", "open-prebuild/1234/", [], "prebuild"],
        ["a referrer", "referrer:jetbrains-gateway:goland/", [], "git"],
        ["an image build", "imagebuild/", [], "git"],
    ])("%s", async (_name, prefix, variables, initializer) => {
        const id = await createWorkspace(clients, team, `${prefix}${REPOSITORY}`);
        const { result } = await clients.workspaces.getWorkspace({ workspaceId: id });
        expect(result?.context).toMatchObject({
            contextUrl: `${prefix}${REPOSITORY}`,
            details: {
                case: "git",
                value: { normalizedContextUrl: REPOSITORY, repository: { owner: "acme", name: "shop" } },
            },
        });
        const { workspaces } = await clients.workspacesV1.listWorkspaces({ organizationId: team });
        const v1 = workspaces.find((workspace) => workspace.id === id);
        expect(v1?.metadata?.originalContextUrl).toBe(REPOSITORY);
        expect(v1?.spec?.environmentVariables.map(({ name, value }) => `${name}=${value}`)).toEqual(
            variables,
        );
        expect(v1?.spec?.initializer?.specs[0]?.spec.case).toBe(initializer);
        emulator.outside.purge(id);
    });

    test("an image is built for the prefix that asks for it", async () => {
        const id = await createWorkspace(clients, team, `imagebuild/${REPOSITORY}`);
        await emulator.whenPhase(id, "RUNNING");
        const { result } = await clients.workspaces.getWorkspace({ workspaceId: id });
        // One phase more than the four changes of an ordinary start.
        expect(result?.status?.instance?.status?.statusVersion).toBe(5n);
    });

    test("a snapshot is a context without a URL", async () => {
        expect(await codeOf(createWorkspace(clients, team, "A=1/snapshot/5678"))).toBe("ok");
    });
});

test.each([
    ["", "invalid_argument"],
    ["nonsense", "invalid_argument"],
    ["https://github.com/acme", "invalid_argument"],
    ["A=1/", "invalid_argument"],
    [`A=1/imagebuild/${REPOSITORY}`, "invalid_argument"],
    [`open-prebuild/1/A=1/${REPOSITORY}`, "invalid_argument"],
    ["A=1/https://github.com/not-found/shop", "not_found"],
])("the context %j is refused", async (contextUrl, code) => {
    const before = emulator.workspaces().length;
    expect(await codeOf(createWorkspace(clients, team, contextUrl))).toBe(code);
    expect(emulator.workspaces()).toHaveLength(before);
});

test("branches and nested groups", async () => {
    const id = await createWorkspace(clients, team, "https://gitlab.com/acme/tools/cli/-/tree/next/one");
    const { result } = await clients.workspaces.getWorkspace({ workspaceId: id });
    expect(result?.description).toBe("acme/tools/cli - next/one");
    expect(id).toMatch(/^acmetools-cli-[0-9a-z]{11}$/);
});

test("the prebuild field is not read", async () => {
    const create = clients.workspaces.createAndStartWorkspace({
        source: { case: "prebuildId", value: "1234" },
        organizationId: team,
        startSpec: {},
    });
    expect(await codeOf(create)).toBe("invalid_argument");
});
