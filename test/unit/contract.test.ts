import { type DescField, type DescFile, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { file_gitpod_experimental_v1_pagination } from "../../provider/src/wire/gen/gitpod/experimental/v1/pagination_pb";
import { file_gitpod_experimental_v1_teams } from "../../provider/src/wire/gen/gitpod/experimental/v1/teams_pb";
import { file_gitpod_experimental_v1_user } from "../../provider/src/wire/gen/gitpod/experimental/v1/user_pb";
import { file_gitpod_experimental_v1_workspaces } from "../../provider/src/wire/gen/gitpod/experimental/v1/workspaces_pb";
import { file_gitpod_v1_editor } from "../../provider/src/wire/gen/gitpod/v1/editor_pb";
import { file_gitpod_v1_organization } from "../../provider/src/wire/gen/gitpod/v1/organization_pb";
import { file_gitpod_v1_pagination } from "../../provider/src/wire/gen/gitpod/v1/pagination_pb";
import { file_gitpod_v1_workspace } from "../../provider/src/wire/gen/gitpod/v1/workspace_pb";
import pinned from "../data/contract.json";

/** A service, message or enum by its name within the package. */
type Named = Record<string, object>;

interface Contract {
    services: Named;
    messages: Named;
    enums: Named;
}

/** The pinned tables. They are what the server speaks: a difference is a mistake in our .proto files. */
const PINNED: Record<string, Contract> = pinned;

const FILES: Record<string, DescFile[]> = {
    "gitpod.experimental.v1": [
        file_gitpod_experimental_v1_pagination,
        file_gitpod_experimental_v1_teams,
        file_gitpod_experimental_v1_user,
        file_gitpod_experimental_v1_workspaces,
    ],
    "gitpod.v1": [
        file_gitpod_v1_editor,
        file_gitpod_v1_organization,
        file_gitpod_v1_pagination,
        file_gitpod_v1_workspace,
    ],
};

function local(packageName: string, typeName: string): string {
    return typeName.startsWith(`${packageName}.`) ? typeName.slice(packageName.length + 1) : typeName;
}

function scalar(type: ScalarType): string {
    return ScalarType[type].toLowerCase();
}

function typeOf(packageName: string, field: DescField): string {
    if (field.fieldKind === "map") {
        const value = field.mapKind === "scalar" ? scalar(field.scalar) : typeName(packageName, field);
        return `map<${scalar(field.mapKey)}, ${value}>`;
    }
    return field.scalar === undefined ? typeName(packageName, field) : scalar(field.scalar);
}

function typeName(packageName: string, field: DescField): string {
    return local(packageName, (field.message ?? field.enum)?.typeName ?? "");
}

function labelOf(field: DescField): string {
    if (field.oneof !== undefined) {
        return "oneof";
    }
    // Proto3 marks only what is written as such; `proto3Optional` is how the compiler says so.
    return field.fieldKind === "list" ? "repeated" : field.proto.proto3Optional ? "optional" : "singular";
}

function fieldsOf(packageName: string, message: DescMessage): object[] {
    return [...message.fields]
        .sort((a, b) => a.number - b.number)
        .map((field) => ({
            number: field.number,
            label: labelOf(field),
            type: typeOf(packageName, field),
            name: field.name,
            ...(field.oneof === undefined ? {} : { oneof: field.oneof.name }),
        }));
}

function contractOf(packageName: string, files: DescFile[]): Contract {
    const contract: Contract = { services: {}, messages: {}, enums: {} };
    const addEnum = (desc: DescMessage["nestedEnums"][number]): void => {
        const values = desc.values.map((value): [string, number] => [value.name, value.number]);
        contract.enums[local(packageName, desc.typeName)] = Object.fromEntries(values);
    };
    const addMessage = (desc: DescMessage): void => {
        contract.messages[local(packageName, desc.typeName)] = fieldsOf(packageName, desc);
        desc.nestedEnums.forEach(addEnum);
        desc.nestedMessages.forEach(addMessage);
    };
    for (const file of files) {
        file.enums.forEach(addEnum);
        file.messages.forEach(addMessage);
        for (const service of file.services) {
            const methods = service.methods.map((method): [string, object] => [
                method.name,
                {
                    request: local(packageName, method.input.typeName),
                    response: local(packageName, method.output.typeName),
                    kind: method.methodKind.replace("server_streaming", "server stream"),
                },
            ]);
            contract.services[service.name] = Object.fromEntries(methods);
        }
    }
    return contract;
}

describe.each(Object.entries(FILES))("%s", (packageName, files) => {
    const ours = contractOf(packageName, files);
    const theirs = PINNED[packageName] ?? { services: {}, messages: {}, enums: {} };

    test("all files are of this package", () => {
        expect(new Set(files.map(({ proto }) => proto.package))).toEqual(new Set([packageName]));
    });

    describe.each(["services", "messages", "enums"] as const)("%s", (kind) => {
        test("are those of the tables", () => {
            expect(Object.keys(ours[kind]).sort()).toEqual(Object.keys(theirs[kind]).sort());
        });

        test.each(Object.keys(theirs[kind]))("%s", (name) => {
            expect(ours[kind][name]).toEqual(theirs[kind][name]);
        });
    });
});

test("the two packages number the phases differently", () => {
    expect(PINNED["gitpod.experimental.v1"]?.enums["WorkspaceInstanceStatus.Phase"]).toMatchObject({
        PHASE_STOPPING: 8,
        PHASE_STOPPED: 9,
    });
    expect(PINNED["gitpod.v1"]?.enums["WorkspacePhase.Phase"]).toMatchObject({
        PHASE_PAUSED: 8,
        PHASE_STOPPING: 9,
        PHASE_STOPPED: 10,
    });
});
