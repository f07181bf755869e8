import { fileURLToPath } from "node:url";
import { Application, type ProjectReflection } from "typedoc";

const provider = fileURLToPath(new URL("../../provider/", import.meta.url));

/**
 * What a program sees of the package, with its doc comments.
 *
 * @throws where TypeDoc has something to say, such as a link that leads nowhere
 */
export async function readApi(): Promise<ProjectReflection> {
    const application = await Application.bootstrap({
        entryPoints: [`${provider}src/index.ts`],
        tsconfig: `${provider}tsconfig.json`,
        excludeExternals: true,
        excludeInternal: true,
        excludePrivate: true,
        excludeProtected: true,
        disableSources: true,
        readme: "none",
        sort: ["source-order"],
        validation: { invalidLink: true, notExported: true, notDocumented: true },
        // What it holds is said of the type that is made of it.
        intentionallyNotExported: ["PHASES"],
        requiredToBeDocumented: ["Class", "Interface", "Property", "Method", "Function", "TypeAlias"],
        // A default is words as often as it is a value.
        jsDocCompatibility: { defaultTag: false },
        logLevel: "Warn",
    });
    const project = await application.convert();
    if (project === undefined) {
        throw new Error("the package can't be read");
    }
    application.validate(project);
    if (application.logger.hasErrors() || application.logger.hasWarnings()) {
        throw new Error("the doc comments are not as they should be");
    }
    return project;
}
