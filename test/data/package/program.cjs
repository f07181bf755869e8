const life = require("./life.cjs");
const gitpod = require("pulumi-gitpod");

void life(gitpod);
