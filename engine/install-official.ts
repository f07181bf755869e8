/**
 * Run as a process of its own, because the SDK's installer cannot be told to stop:
 * `install-official.ts <folder> <version>` puts the official CLI into that folder.
 */
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { SemVer } from "semver";
import { messageOf } from "./errors";

const [root, version] = process.argv.slice(2);
if (root === undefined || version === undefined)
    throw new Error("usage: install-official.ts <folder> <version>");

PulumiCommand.install({ root, version: new SemVer(version) }).catch((error: unknown) => {
    // The message alone: a stack trace of the SDK helps nobody here.
    console.error(messageOf(error));
    process.exitCode = 1;
});
