import { makerOf, shownContext } from "../../emulator/src/mark";

const SHOP = "https://github.com/acme/shop";
const review = { kind: "stack", project: "shop", stack: "dev", resource: "review" };
const somebody = { kind: "somebody" };
const unknown = { kind: "unknown" };

test.each([
    [SHOP, somebody, SHOP],
    [`PULUMI_URN=shop.dev.review.0f1e2d3c4b5a6978/${SHOP}`, review, SHOP],
    [` PULUMI_URN=shop.dev.review.0f1e/${SHOP} `, review, SHOP],
    ["PULUMI_URN=shop.dev.review.0f1e/snapshot/5678", review, "snapshot/5678"],
    [`STAGE=test,PULUMI_URN=shop.dev.review.0f1e/${SHOP}`, review, `STAGE=…/${SHOP}`],
    [`TOKEN=s3cr3t,EMPTY=/${SHOP}`, somebody, `TOKEN=…,EMPTY=…/${SHOP}`],
    [
        `PULUMI_URN=my-shop.dev_2.a-long-name-of-20-le.0f1e/${SHOP}`,
        { kind: "stack", project: "my-shop", stack: "dev_2", resource: "a-long-name-of-20-le" },
        SHOP,
    ],
    // Somebody's own variable of that name is no mark.
    [`PULUMI_URN=/${SHOP}`, somebody, SHOP],
    [`PULUMI_URN=shop.dev.review/${SHOP}`, somebody, SHOP],
    [`PULUMI_URN=shop.dev.review.nothex/${SHOP}`, somebody, SHOP],
    [`PULUMI_URN=a.b.c.d.0f1e/${SHOP}`, somebody, SHOP],
    [`MY_PULUMI_URN=shop.dev.review.0f1e/${SHOP}`, somebody, `MY_PULUMI_URN=…/${SHOP}`],
    [`${SHOP}?PULUMI_URN=shop.dev.review.0f1e/`, somebody, `${SHOP}?PULUMI_URN=shop.dev.review.0f1e/`],
    // The server reads one prefix, and here it is no variable.
    [`imagebuild/${SHOP}`, unknown, `imagebuild/${SHOP}`],
    [`open-prebuild/1234/${SHOP}`, unknown, `open-prebuild/1234/${SHOP}`],
    [`referrer:gateway=x/${SHOP}`, unknown, `referrer:gateway=x/${SHOP}`],
])("%s", (contextUrl, maker, shown) => {
    expect(makerOf(contextUrl)).toEqual(maker);
    expect(shownContext(contextUrl)).toBe(shown);
});
