// Loaded into the provider's process by `NODE_OPTIONS`, which does not take Node's own --cpu-prof: leaves a CPU profile of it
// in the folder that BENCH_PROFILE names.
const { writeFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const { join } = require("node:path");

const folder = process.env.BENCH_PROFILE;
if (folder !== undefined && process.argv[1]?.includes("dynamic-provider")) {
    const session = new Session();
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.start");
    process.once("exit", () => {
        session.post("Profiler.stop", (error, result) => {
            if (error === null) {
                writeFileSync(join(folder, `${process.pid}.cpuprofile`), JSON.stringify(result.profile));
            }
        });
    });
    // The engine ends its plugins with one of these.
    for (const signal of ["SIGINT", "SIGTERM"]) {
        process.once(signal, () => process.exit());
    }
}
