import { type Delegate, delegate } from "../delegate";
import { workspaceMethods } from "./methods";

const workspace: Delegate = delegate(workspaceMethods);

// What `require` gives to the dynamic host is the delegate itself.
export = workspace;
