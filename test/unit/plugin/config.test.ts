import { ConfigError, isUuid, resolveConfig, toApiUrl } from "../../../provider/src/plugin/config";

const UUID = "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2b";
const OTHER_UUID = "5c7d0f3e-8a61-4c1b-9b1e-2f4a6d8c0e13";

type Stack = Partial<Record<"token" | "host" | "organizationId", string>>;

const resolve = (stack: Stack, env: Record<string, string> = {}) =>
    resolveConfig({ stack: (key) => stack[key], env });

function problems(stack: Stack, env: Record<string, string> = {}): readonly string[] {
    try {
        resolve(stack, env);
    } catch (error) {
        if (error instanceof ConfigError) {
            expect(error.message).toBe(error.problems.join("\n"));
            return error.problems;
        }
        throw error;
    }
    return [];
}

describe("where a value comes from", () => {
    test("the token from the environment first: refresh and destroy see an old stack configuration", () => {
        expect(resolve({ token: "of-stack" }, { GITPOD_TOKEN: "of-env" }).token).toBe("of-env");
        expect(resolve({ token: "of-stack" }).token).toBe("of-stack");
        expect(resolve({}, { GITPOD_TOKEN: "of-env" }).token).toBe("of-env");
    });

    test("the host from the stack first: Gitpod sets GITPOD_HOST in its workspaces", () => {
        const env = { GITPOD_TOKEN: "t", GITPOD_HOST: "env.example.com" };
        expect(resolve({ host: "stack.example.com" }, env).apiUrl.href).toBe(
            "https://api.stack.example.com/",
        );
        expect(resolve({}, env).apiUrl.href).toBe("https://api.env.example.com/");
        expect(resolve({ token: "t" }).apiUrl.href).toBe("https://api.gitpod.io/");
    });

    test("the organization from the stack first, in lower case", () => {
        const env = { GITPOD_TOKEN: "t", GITPOD_ORGANIZATION_ID: OTHER_UUID };
        expect(resolve({ organizationId: UUID.toUpperCase() }, env).organizationId).toBe(UUID);
        expect(resolve({}, env).organizationId).toBe(OTHER_UUID);
        expect(resolve({ token: "t" })).not.toHaveProperty("organizationId");
    });

    test.each(["", "  ", "\n"])("%j counts as not set", (blank) => {
        const stack = { token: "of-stack", host: "h.example.com", organizationId: UUID };
        const env = { GITPOD_TOKEN: blank, GITPOD_HOST: blank, GITPOD_ORGANIZATION_ID: blank };
        expect(resolve(stack, env)).toMatchObject({ token: "of-stack", organizationId: UUID });
        const other = { GITPOD_TOKEN: "t", GITPOD_HOST: "h.example.com", GITPOD_ORGANIZATION_ID: UUID };
        expect(resolve({ token: blank, host: blank, organizationId: blank }, other)).toEqual({
            token: "t",
            apiUrl: new URL("https://api.h.example.com"),
            organizationId: UUID,
            timeScale: 1,
        });
    });

    test("blanks around a value are not part of it", () => {
        expect(
            resolve({ token: " t\n", host: " h.example.com ", organizationId: ` ${UUID} ` }),
        ).toMatchObject({
            token: "t",
            organizationId: UUID,
        });
    });

    test.each([
        ["0.1", 0.1],
        ["0", 1],
        ["-1", 1],
        ["fast", 1],
        ["", 1],
        ["Infinity", 1],
    ])("the factor for tests: %j is %d", (text, scale) => {
        expect(resolve({ token: "t" }, { PULUMI_GITPOD_TIME_SCALE: text }).timeScale).toBe(scale);
    });
});

describe("the API's address for a host", () => {
    test.each([
        ["gitpod.io", "https://api.gitpod.io/"],
        ["gitpod.example.com", "https://api.gitpod.example.com/"],
        ["GitPod.Example.COM", "https://api.gitpod.example.com/"],
        ["gitpod.example.com:8443", "https://api.gitpod.example.com:8443/"],
        ["https://gitpod.example.com", "https://api.gitpod.example.com/"],
        ["https://gitpod.example.com/", "https://api.gitpod.example.com/"],
        ["HTTPS://gitpod.example.com", "https://api.gitpod.example.com/"],
        ["https://gitpod.example.com:8443", "https://api.gitpod.example.com:8443/"],
        ["https://gitpod.example.com:443", "https://api.gitpod.example.com/"],
        ["api.gitpod.example.com", "https://api.gitpod.example.com/"],
        ["https://api.gitpod.example.com:8443", "https://api.gitpod.example.com:8443/"],
        ["apiary.example.com", "https://api.apiary.example.com/"],
        ["gitpod", "https://api.gitpod/"],
        // An address has no name to put `api.` before.
        ["10.0.0.5", "https://10.0.0.5/"],
        ["https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443/"],
        // Loopback is taken as it is.
        ["localhost", "https://localhost/"],
        ["localhost:9000", "https://localhost:9000/"],
        ["https://localhost:9000", "https://localhost:9000/"],
        ["http://localhost:9000", "http://localhost:9000/"],
        ["http://127.0.0.1:9000", "http://127.0.0.1:9000/"],
        ["http://127.8.9.10", "http://127.8.9.10/"],
        ["http://[::1]:9000", "http://[::1]:9000/"],
        ["http://[0:0:0:0:0:0:0:1]:9000", "http://[::1]:9000/"],
    ])("%s: %s", (host, expected) => {
        expect(String(toApiUrl(host))).toBe(expected);
        expect(toApiUrl(host)).toBeInstanceOf(URL);
    });

    test.each([
        ["http://gitpod.example.com", /over plain http to this machine only; write https/],
        ["http://localhost.example.com", /over plain http/],
        ["http://127.0.0.1.example.com", /over plain http/],
        ["http://128.0.0.1", /over plain http/],
        ["http://[::2]:80", /over plain http/],
        ["http://api.gitpod.example.com", /over plain http/],
        ["ftp://gitpod.example.com", /with https, not "ftp:/],
        ["https://gitpod.example.com/api", /without a path/],
        ["https://gitpod.example.com/?a=b", /without a path/],
        ["https://gitpod.example.com/#a", /without a path/],
        ["gitpod.example.com/api", /host name or URL/],
        ["git pod", /host name or URL/],
        ["-gitpod", /host name or URL/],
        ["gitpod..io", /host name or URL/],
        ["https://", /host name or URL/],
        ["https://gitpod.example.com:99999", /host name or URL/],
        ["a".repeat(300), /host name or URL/],
    ])("%s is refused, quoted, and told what would be right", (host, reason) => {
        expect(toApiUrl(host)).toMatch(reason);
        expect(toApiUrl(host)).toContain(`"${host}"`);
        expect(toApiUrl(host)).toMatch(/^gitpod:host \(or GITPOD_HOST\)/);
    });

    test.each([
        "https://ada:s3cret@gitpod.example.com",
        "https://s3cret@gitpod.example.com",
        "https://ada:s3cret@gitpod.example.com/path",
        "https://ada:s3cret@gitpod.example.com:port",
        "http://ada:s3cret@gitpod.example.com",
        "ada:s3cret@gitpod.example.com",
        "ftp://ada:s3cret@gitpod.example.com",
        "https://ada:s3/cret@gitpod.example.com",
    ])("a host with a user or a password is refused, and never quoted", (host) => {
        const [problem = ""] = problems({ token: "t", host });
        expect(problem).toMatch(/without a user name or password/);
        expect(problem).not.toMatch(/s3|cret|ada/);
    });
});

describe("what can't be used", () => {
    test("no token: where to make one and where to put it", () => {
        expect(problems({})).toEqual([
            expect.stringMatching(
                /^gitpod:token is not set.*GITPOD_TOKEN.*pulumi config set --secret gitpod:token/,
            ),
        ]);
    });

    test.each([
        "gitpod_pat_ab cd",
        "gitpod_pat_ab\ncd",
        "gitpod_pat_ab\tcd",
        "gitpod_pat_abçd",
        "gitpod_pat_ab\u0000cd",
    ])("a token with a character that none has, which is not quoted", (token) => {
        for (const [problem, ...rest] of [problems({ token }), problems({}, { GITPOD_TOKEN: token })]) {
            expect(rest).toEqual([]);
            expect(problem).toMatch(/^gitpod:token \(or GITPOD_TOKEN\) holds a blank.*copy it again/);
            expect(problem).not.toContain("gitpod_pat_ab");
        }
    });

    test.each(["acme", "0b7f9a6e", `${UUID}0`, "0b7f9a6e-3c1d-4e5f-8a2b-6c4d8e0f1a2g"])(
        "an organization that is no UUID: %s",
        (organizationId) => {
            expect(isUuid(organizationId)).toBe(false);
            expect(problems({ token: "t", organizationId })).toEqual([
                expect.stringMatching(
                    /^gitpod:organizationId \(or GITPOD_ORGANIZATION_ID\) must be a UUID such as/,
                ),
            ]);
        },
    );

    test("several problems are told at once", () => {
        const found = problems({ token: "a b", host: "http://gitpod.example.com", organizationId: "acme" });
        expect(found.map((problem) => problem.split(" ")[0])).toEqual([
            "gitpod:token",
            "gitpod:host",
            "gitpod:organizationId",
        ]);
    });
});
