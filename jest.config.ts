/** @jest-config-loader esbuild-register */
// Jest itself loads its reporters without transforming them, and ours is TypeScript.
import "tsx/cjs";
import type { Config } from "jest";

const common = {
    testEnvironment: "node",
    // Alone, file by file, for speed: the types are checked by `npm run typecheck`.
    transform: { "\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json" }] },
} satisfies Config;

const config: Config = {
    maxWorkers: 2,
    reporters: ["<rootDir>/test/support/reporter.ts"],
    projects: [
        { ...common, displayName: "unit", testMatch: ["<rootDir>/test/unit/**/*.test.ts"] },
        { ...common, displayName: "emulator", testMatch: ["<rootDir>/test/emulator/**/*.test.ts"] },
        { ...common, displayName: "conformance", testMatch: ["<rootDir>/test/conformance/**/*.test.ts"] },
        {
            ...common,
            displayName: "engine",
            testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
            globalSetup: "<rootDir>/test/support/bring-engine.ts",
            testEnvironment: "<rootDir>/test/support/engine-environment.ts",
            // Between test files Jest makes waste of what was put into the global object. The real `process` was.
            testEnvironmentOptions: { globalsCleanup: "off" },
            setupFilesAfterEnv: ["<rootDir>/test/support/engine-setup.ts"],
        },
    ],
};

export default config;
