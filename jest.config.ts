/** @jest-config-loader esbuild-register */
// Jest itself loads its reporters without transforming them, and ours is TypeScript.
import "tsx/cjs";
import type { Config } from "jest";

const common = {
    testEnvironment: "node",
    // After each test file Jest spoils what the file put into the global object. The real `process` is among that in
    // engine tests, and so is the SDK's own store. A worker takes the setting of its first file, so it is for all.
    testEnvironmentOptions: { globalsCleanup: "off" },
    // Alone, file by file, for speed: the types are checked by `npm run typecheck`.
    transform: { "\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tsconfig.json" }] },
} satisfies Config;

const config: Config = {
    maxWorkers: 2,
    reporters: ["default", "<rootDir>/test/support/reporter.ts"],
    projects: [
        { ...common, displayName: "unit", testMatch: ["<rootDir>/test/unit/**/*.test.ts"] },
        { ...common, displayName: "emulator", testMatch: ["<rootDir>/test/emulator/**/*.test.ts"] },
        {
            ...common,
            displayName: "conformance",
            testMatch: ["<rootDir>/test/conformance/**/*.test.ts"],
            testEnvironment: "<rootDir>/test/support/one-realm-environment.ts",
        },
        {
            ...common,
            displayName: "engine",
            testMatch: ["<rootDir>/test/engine/**/*.test.ts"],
            globalSetup: "<rootDir>/test/support/bring-engine.ts",
            testEnvironment: "<rootDir>/test/support/engine-environment.ts",
            setupFilesAfterEnv: ["<rootDir>/test/support/engine-setup.ts"],
        },
        {
            ...common,
            displayName: "faults",
            testMatch: ["<rootDir>/test/faults/**/*.test.ts"],
            globalSetup: "<rootDir>/test/support/bring-engine.ts",
            testEnvironment: "<rootDir>/test/faults/faults-environment.ts",
            setupFilesAfterEnv: ["<rootDir>/test/support/engine-setup.ts"],
        },
    ],
};

export default config;
