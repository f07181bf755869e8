import { Emulator } from "gitpod-emulator";
import { TeamRole } from "../../emulator/src/gen/gitpod/experimental/v1/teams_pb";
import { OrganizationRole } from "../../emulator/src/gen/gitpod/v1/organization_pb";
import { type Clients, clientsOf, codeOf } from "./fixture";
import { connectJson } from "./http-client";

let emulator: Emulator;
let owner: Clients;
let member: Clients;
let memberId: string;
let outsider: Clients;

beforeEach(async () => {
    emulator = await Emulator.start({ limits: false });
    owner = clientsOf(emulator);
    const bob = emulator.addUser("bob");
    memberId = bob.id;
    member = clientsOf(emulator, bob.token);
    outsider = clientsOf(emulator, emulator.addUser("carol").token);
});

afterEach(() => emulator.close());

describe("a rename", () => {
    const rename = (clients: Clients, organizationId: string, name?: string) =>
        clients.organizations.updateOrganization({ organizationId, ...(name === undefined ? {} : { name }) });

    test("changes the name and makes a new slug, which is never the old one", async () => {
        const { id } = emulator.addTeam("Acme Robots");
        const slugs = [];
        for (const name of ["Acme Robots", " Acme Robots ", "Other"]) {
            slugs.push((await rename(owner, id, name)).organization?.slug);
        }
        expect(slugs).toEqual([expect.stringMatching(/^acme-robots-[0-9a-f]{8}$/), "acme-robots", "other"]);
        const { team } = await owner.teams.getTeam({ teamId: id });
        expect(team).toMatchObject({ name: "Other", slug: "" });
    });

    test("takes 32 characters where a creation takes 64", async () => {
        const { team } = await owner.teams.createTeam({ name: "x".repeat(64) });
        const id = team?.id ?? "";
        expect(await codeOf(rename(owner, id, "y".repeat(33)))).toBe("unknown");
        expect(await codeOf(rename(owner, id, "y".repeat(32)))).toBe("ok");
        expect(await codeOf(rename(owner, id, "z"))).toBe("ok");
        for (const name of [undefined, "", "  "]) {
            expect(await codeOf(rename(owner, id, name))).toBe("invalid_argument");
        }
        expect(emulator.teams()).toMatchObject([{ name: "z" }]);
    });

    test("is the owner's, and unknown to outsiders", async () => {
        const { id } = emulator.addTeam("Acme", { members: [memberId] });
        expect(await codeOf(rename(member, id, "Mine"))).toBe("permission_denied");
        expect(await codeOf(rename(outsider, id, "Mine"))).toBe("not_found");
        expect(await codeOf(rename(owner, "nonsense", "Mine"))).toBe("invalid_argument");
        expect(emulator.teams()).toMatchObject([{ name: "Acme" }]);
    });
});

test("both APIs show the same teams", async () => {
    const made = await owner.organizations.createOrganization({ name: "From v1" });
    const id = made.organization?.id ?? "";
    expect(made.organization).toMatchObject({ name: "From v1", slug: "from-v1" });
    expect((await owner.teams.listTeams({})).teams.map((team) => team.id)).toEqual([id]);
    expect((await owner.organizations.getOrganization({ organizationId: id })).organization?.slug).toBe(
        "from-v1",
    );
    await owner.organizations.deleteOrganization({ organizationId: id });
    expect(await codeOf(owner.teams.getTeam({ teamId: id }))).toBe("not_found");
    expect(await codeOf(owner.organizations.deleteOrganization({ organizationId: id }))).toBe("not_found");
    expect(emulator.teams()).toMatchObject([{ id, deleted: true }]);
});

test("pages of organizations begin with 0", async () => {
    const ids = ["One", "Two", "Three"].map((name) => emulator.addTeam(name).id);
    const page = async (pageSize: number, number: number) => {
        const { organizations, pagination } = await owner.organizations.listOrganizations({
            pagination: { pageSize, page: number },
        });
        expect(pagination?.total).toBe(3);
        return organizations.map(({ id }) => id);
    };
    expect(await page(2, 0)).toEqual(ids.slice(0, 2));
    expect(await page(2, 1)).toEqual(ids.slice(2));
    expect(await page(0, 1)).toEqual(ids);
});

describe("members", () => {
    test("the last owner stays owner, though the answer says otherwise", async () => {
        const { id } = emulator.addTeam("Acme");
        const { teamMember } = await owner.teams.updateTeamMember({
            teamId: id,
            teamMember: { userId: emulator.userId, role: TeamRole.MEMBER },
        });
        expect(teamMember?.role).toBe(TeamRole.MEMBER);
        const v1 = await owner.organizations.updateOrganizationMember({
            organizationId: id,
            userId: emulator.userId,
            role: OrganizationRole.MEMBER,
        });
        expect(v1.member?.role).toBe(OrganizationRole.OWNER);
        const leave = owner.teams.deleteTeamMember({ teamId: id, teamMemberId: emulator.userId });
        expect(await codeOf(leave)).toBe("already_exists");
    });

    test("an update adds who is no member; a collaborator has no role on the older side", async () => {
        const { id } = emulator.addTeam("Acme");
        await owner.organizations.updateOrganizationMember({
            organizationId: id,
            userId: memberId,
            role: OrganizationRole.COLLABORATOR,
        });
        const { members } = await owner.teams.listTeamMembers({ teamId: id });
        expect(members.map(({ userId, role }) => [userId, role])).toEqual([
            [memberId, TeamRole.UNSPECIFIED],
            [emulator.userId, TeamRole.OWNER],
        ]);
        await member.teams.deleteTeamMember({ teamId: id, teamMemberId: memberId });
        const again = owner.teams.deleteTeamMember({ teamId: id, teamMemberId: memberId });
        expect(await codeOf(again)).toBe("not_found");
    });

    test("an invitation is for one team, and a reset ends it", async () => {
        const { id } = emulator.addTeam("Acme");
        const { invitationId } = await owner.organizations.getOrganizationInvitation({ organizationId: id });
        expect((await member.organizations.joinOrganization({ invitationId })).organizationId).toBe(id);
        expect(await codeOf(member.teams.joinTeam({ invitationId }))).toBe("ok");
        await owner.organizations.resetOrganizationInvitation({ organizationId: id });
        expect(await codeOf(outsider.teams.joinTeam({ invitationId }))).toBe("not_found");
        const { pagination } = await owner.organizations.listOrganizationMembers({ organizationId: id });
        expect(pagination?.total).toBe(2);
    });
});

describe("the v1 side", () => {
    test("can be left out", async () => {
        const old = await Emulator.start({ v1: false });
        const answer = await connectJson(old.url, "gitpod.v1.OrganizationService/ListOrganizations", {});
        expect([answer.status, answer.headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
        expect(await codeOf(clientsOf(old).organizations.listOrganizations({}))).toBe("unimplemented");
        await old.close();
    });

    test("answers a declared RPC that is not written as unimplemented, by 404, with a request id", async () => {
        const answer = await connectJson(
            emulator.url,
            "gitpod.v1.OrganizationService/GetOrganizationSettings",
            {},
            { Authorization: `Bearer ${emulator.token}` },
        );
        expect(answer.status).toBe(404);
        expect(JSON.parse(answer.text)).toMatchObject({ code: "unimplemented" });
        expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    });

    test("knows a bad token every time", async () => {
        const stranger = clientsOf(emulator, "gitpod_pat_nobody.knows");
        for (let attempt = 0; attempt < 3; attempt++) {
            expect(await codeOf(stranger.organizations.getOrganization({}))).toBe("unauthenticated");
        }
    });
});

test("a foreign origin is refused, by the experimental side only", async () => {
    const status = async (rpc: string, origin: string) =>
        (
            await connectJson(
                emulator.url,
                rpc,
                {},
                { Authorization: `Bearer ${emulator.token}`, Origin: origin },
            )
        ).status;
    const list = "gitpod.experimental.v1.TeamsService/ListTeams";
    expect(await status(list, "https://elsewhere.test")).toBe(401);
    expect(await status(list, "https://elsewhere.test")).toBe(500);
    expect(await status(list, emulator.url)).toBe(200);
    expect(await status("gitpod.v1.OrganizationService/ListOrganizations", "https://elsewhere.test")).toBe(
        200,
    );
});

test("what others do to a team", async () => {
    const { id } = emulator.addTeam("Acme", { members: [memberId] });
    emulator.outside.renameTeam(id, "Elsewhere");
    expect((await member.teams.getTeam({ teamId: id })).team?.name).toBe("Elsewhere");
    emulator.outside.leaveTeam(id, memberId);
    expect(await codeOf(member.teams.getTeam({ teamId: id }))).toBe("not_found");
    emulator.outside.deleteTeam(id);
    expect((await owner.teams.listTeams({})).teams).toEqual([]);
});
