import * as pulumi from "@pulumi/pulumi";

/** A provider that does nothing, in the fewest bytes: what the engine and the dynamic host cost by themselves. */
export const NOTHING =
    'exports.handler=()=>({create:async i=>({id:"x",outs:i}),diff:async()=>({changes:false}),read:async(id,p)=>({id,props:p})})';

/** A dynamic resource that does nothing, with as many inputs as a workspace of the benches has. */
export class Nothing extends pulumi.CustomResource {
    constructor(name: string) {
        super("pulumi-nodejs:dynamic/bench:Nothing", name, {
            contextUrl: `https://github.com/acme/shop/tree/${name}`,
            running: true,
            __provider: NOTHING,
        });
    }
}
