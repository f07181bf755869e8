import * as pulumi from "@pulumi/pulumi";

interface Inputs {
    url: string;
    token: string;
    content: string;
}

const TRIES = 60;
const PAUSE_MS = 1000;

async function put({ url, token, content }: Inputs): Promise<void> {
    for (let tries = 1; ; tries++) {
        const { ok, status } = await fetch(url, {
            method: "PUT",
            headers: { "x-gitpod-owner-token": token },
            body: content,
        });
        if (ok) return;
        // A workspace runs a while before what its tasks start listens.
        if (tries === TRIES) throw new Error(`PUT ${url}: ${status}`);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
}

// Without `diff` every change is an update, that of the token too: what was uploaded may not have outlived the last run.
// Without `delete` it goes with the workspace.
const provider: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
    async create(inputs) {
        await put(inputs);
        return { id: new URL(inputs.url).pathname, outs: inputs };
    },
    async update(_id, _olds, news) {
        await put(news);
        return { outs: news };
    },
};

/** Content that is uploaded to a port of a workspace, in each of its runs. */
export class Upload extends pulumi.dynamic.Resource {
    constructor(
        name: string,
        args: { url: pulumi.Input<string>; token: pulumi.Input<string>; content: pulumi.Input<string> },
        options?: pulumi.CustomResourceOptions,
    ) {
        super(provider, name, args, options, "example", "Upload");
    }
}
