/** The version of this package. */
// Read at run time: package.json lies outside of what the compiler may take in.
export const { version } = require("../../package.json") as { version: string };
