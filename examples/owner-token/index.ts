/**
 * A workspace for a demonstration, whose service is filled before anybody looks: by another provider, which gets the owner
 * token, since the ports of a workspace are its owner's alone.
 */
import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";
import { Upload } from "./upload";

const demo = new gitpod.Workspace("demo", { contextUrl: "https://github.com/acme/shop", running: true });

// Each start makes another token. Asked for the present run, so that the preview of a start shows that it will change.
const workspaceId = pulumi.all([demo.id, demo.instanceId]).apply(([id]) => id);

new Upload("prices", {
    // What listens on port 8080 in the workspace.
    url: demo.url.apply((url = "") => `${url.replace("://", "://8080-")}/prices`),
    token: gitpod.getOwnerTokenOutput({ workspaceId }).token,
    content: JSON.stringify({ tea: 3, coffee: 4 }),
});
