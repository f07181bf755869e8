/**
 * What an organization wants of its workspaces, whoever declares them: `pulumi up --policy-pack examples/policy-pack`
 * fails where one is on a large machine, or does not say whether it is to run.
 */
import { PolicyPack } from "@pulumi/policy";
import { declaredRunning, smallClass } from "./rules";

new PolicyPack("gitpod-workspaces", {
    enforcementLevel: "mandatory",
    policies: [smallClass, declaredRunning],
});
