import * as pulumi from "@pulumi/pulumi";

// What somebody writes in an afternoon who needs workspaces in a program and has the API reference at hand: one file, a
// dynamic provider that the SDK serializes, `fetch`, and a poll of each workspace every second. No retry, no idempotency,
// no limits. It works as long as nothing goes wrong.

interface Props {
    contextUrl: string;
}

async function call(method: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(
        `${process.env["GITPOD_HOST"]}/gitpod.experimental.v1.WorkspacesService/${method}`,
        {
            method: "POST",
            headers: {
                "Content-Type": "application/json",
                Authorization: `Bearer ${process.env["GITPOD_TOKEN"]}`,
            },
            body: JSON.stringify(body),
        },
    );
    if (!response.ok) {
        throw new Error(`${method}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as Record<string, unknown>;
}

async function waitFor(workspaceId: string, wanted: string): Promise<void> {
    for (;;) {
        const answer = await call("GetWorkspace", { workspaceId });
        if (JSON.stringify(answer).includes(`"${wanted}"`)) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
    }
}

const provider: pulumi.dynamic.ResourceProvider<Props, Props> = {
    async diff(_id, olds, news) {
        return { changes: olds.contextUrl !== news.contextUrl };
    },
    async create(inputs) {
        const { workspaceId } = await call("CreateAndStartWorkspace", {
            contextUrl: inputs.contextUrl,
            organizationId: process.env["GITPOD_ORGANIZATION_ID"],
            startSpec: {},
        });
        const id = String(workspaceId);
        await waitFor(id, "PHASE_RUNNING");
        return { id, outs: inputs };
    },
    async read(id, props) {
        await call("GetWorkspace", { workspaceId: id });
        return props === undefined ? { id } : { id, props };
    },
    async delete(id) {
        await call("StopWorkspace", { workspaceId: id });
        await waitFor(id, "PHASE_STOPPED");
        await call("DeleteWorkspace", { workspaceId: id });
    },
};

export class AfternoonWorkspace extends pulumi.dynamic.Resource {
    constructor(name: string, args: Props) {
        super(provider, name, args);
    }
}
