/**
 * A workspace for a pull request. Each has a stack of its own, so that a pipeline can bring it up when the pull request is
 * opened (`pulumi up --stack pr-42`) and take it away when that is merged (`pulumi destroy --stack pr-42 --remove`).
 */
import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const config = new pulumi.Config();

const review = new gitpod.Workspace("review", {
    contextUrl: `${config.require("repository")}/pull/${config.requireNumber("pullRequest")}`,
    running: true,
    // Who merges has pushed what counts. What has not been pushed still keeps the workspace, and fails the destroy.
    forceDestroy: false,
});

/** For a comment on the pull request. */
export const url = review.url;
