import * as gitpod from "pulumi-gitpod";
import life from "./life.cjs";

await life(gitpod);
