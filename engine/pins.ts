/** The engine that is brought where there is none. `go.mod` in this folder names the same one (a test holds them together). */
export const pinnedVersion = "3.259.0";

/** The oldest engine that is taken from the PATH: of the same age as the oldest SDK that the package accepts. */
export const minimumVersion = "3.216.0";
