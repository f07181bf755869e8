/**
 * A fleet that is started in waves: each waits until all of the one before run. Gitpod limits how many workspaces of a user
 * run at once, and how many may start in a while; a wave that fails starts none of the next.
 */
import * as pulumi from "@pulumi/pulumi";
import * as gitpod from "pulumi-gitpod";

const SEATS = 6;
const WAVE = 2;

const running = new pulumi.Config().requireBoolean("running");

const seats: gitpod.Workspace[] = [];
for (let seat = 0; seat < SEATS; seat++) {
    const first = seat - (seat % WAVE);
    seats.push(
        new gitpod.Workspace(
            `seat-${seat + 1}`,
            { contextUrl: `https://github.com/acme/course/tree/seat-${seat + 1}`, running },
            { dependsOn: seats.slice(Math.max(0, first - WAVE), first) },
        ),
    );
}
