/** What is to exist at Gitpod. `npm run demo` runs this program against a Gitpod of its own, on this machine. */
import * as gitpod from "pulumi-gitpod";

const team = new gitpod.Team("platform", { name: "Platform" });

/** Somebody reviews this pull request: its workspace is to run. */
const review = new gitpod.Workspace("review", {
    contextUrl: "https://github.com/acme/shop/pull/42",
    organizationId: team.id,
    running: true,
});

/** For the next course. It is set up, and costs nothing until then. */
const training = new gitpod.Workspace("training", {
    contextUrl: "https://github.com/acme/course",
    organizationId: team.id,
    running: false,
});

export const reviewUrl = review.url;
export const reviewPhase = review.phase;
export const trainingUrl = training.url;
export const trainingPhase = training.phase;
