import { type Delegate, delegate } from "../delegate";
import { teamMethods } from "./methods";

const team: Delegate = delegate(teamMethods);

// What `require` gives to the dynamic host is the delegate itself.
export = team;
