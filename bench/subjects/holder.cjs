// What the dynamic host runs for `holder.ts`. The facts come by the environment: in the provider's text the state would hold
// them twice more.
const facts = JSON.parse(process.env.BENCH_FACTS);

module.exports = {
    create: async (inputs) => ({ id: facts.id, outs: { ...facts.outputs, ...inputs } }),
    diff: async () => ({ changes: false }),
    read: async (id, props) => ({ id, props }),
};
