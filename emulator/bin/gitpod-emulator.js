#!/usr/bin/env node
// Committed, and not built, so that npm finds it and makes it executable when it installs.
require("../dist/cli.js");
