/**
 * Workspaces that run while people work. A pipeline that runs on a schedule says when that is:
 *
 *     pulumi up --yes --config open=true     # at 8
 *     pulumi up --yes --config open=false    # at 18
 *
 * Gitpod stops a workspace that nobody uses; the next run in the morning starts it again.
 */
import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const running = new pulumi.Config().requireBoolean("open");

for (const course of ["beginners", "advanced"]) {
    new gitpod.Workspace(course, { contextUrl: `https://github.com/acme/course/tree/${course}`, running });
}
