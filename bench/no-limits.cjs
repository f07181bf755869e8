// Loaded into the provider's process by the benches that measure it without the limits of the API: what is left is the
// cost of the code. The provider itself has no such switch, since against the real server it would be of no use.
const { SHARED_PACE, START_PACE } = require("../provider/dist/wire/pacer");

// Not without end the calls: a window that is over at once also keeps no list of them.
START_PACE.windowMs = 0;
SHARED_PACE.windowMs = 0;
