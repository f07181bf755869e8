import { PHASES, phaseOf } from "../../../provider/src/wire/domain";
import { workspaceIn } from "../support/fake-client";

test.each([...PHASES])("the phase of a workspace is that of its latest instance: %s", (phase) => {
    expect(phaseOf(workspaceIn("w", phase))).toBe(phase);
});

test("a workspace that never ran has no phase", () => {
    expect(phaseOf(workspaceIn("w", undefined))).toBeUndefined();
});
