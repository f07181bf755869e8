/**
 * Stands in for Pulumi's Node language host, so that the plain CLI (`pulumi up` in a folder with a program) can be tested
 * where there is none on the PATH: it comes with the official CLI only. It runs a program as that one does, by the SDK's own
 * `cmd/run` in a process of its own, with the same arguments and environment; all else it leaves unanswered.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
    type handleUnaryCall,
    Server,
    ServerCredentials,
    type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPackagesResponse, type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** How a program ends that has already told its user what is wrong. */
const TOLD = 32;

const engine = process.argv.at(-1) ?? "";
const running = new Set<ChildProcess>();

function argumentsOf(request: RunRequest, program: string): string[] {
    const flags = {
        monitor: request.getMonitorAddress(),
        engine,
        organization: request.getOrganization(),
        project: request.getProject(),
        stack: request.getStack(),
        pwd: request.getPwd(),
        parallel: String(request.getParallel()),
    };
    return [
        ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
        ...(request.getDryrun() ? ["--dry-run"] : []),
        program,
        ...request.getArgsList(),
    ];
}

async function run(request: RunRequest): Promise<RunResponse> {
    const info = request.getInfo();
    const folder = info?.getProgramDirectory() || request.getPwd();
    // The SDK of the program, not that of this file.
    const script = createRequire(join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run");
    const child = spawn(process.execPath, [script, ...argumentsOf(request, info?.getEntryPoint() || ".")], {
        cwd: folder,
        stdio: "inherit",
        env: {
            ...process.env,
            PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
            PULUMI_NODEJS_TYPESCRIPT: "true",
        },
    });
    running.add(child);
    const [code] = (await once(child, "exit")) as [number | null];
    running.delete(child);
    const response = new RunResponse();
    if (code === TOLD) {
        response.setBail(true);
    } else if (code !== 0) {
        response.setError(`the program ended with exit code ${code}`);
    }
    return response;
}

const runUnary: handleUnaryCall<RunRequest, RunResponse> = (call, answer) => {
    run(call.request).then(
        (response) => answer(null, response),
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
    );
};

const service: UntypedServiceImplementation = {
    run: runUnary,
    getRequiredPackages: ((_, answer) =>
        answer(null, new GetRequiredPackagesResponse())) satisfies handleUnaryCall<
        unknown,
        GetRequiredPackagesResponse
    >,
    getPluginInfo: ((_, answer) => {
        const info = new PluginInfo();
        info.setVersion(version);
        answer(null, info);
    }) satisfies handleUnaryCall<unknown, PluginInfo>,
    cancel: ((_, answer) => {
        for (const child of running) {
            child.kill();
        }
        answer(null, new Empty());
    }) satisfies handleUnaryCall<unknown, Empty>,
};

const server = new Server();
server.addService(LanguageRuntimeService, service);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
        throw error;
    }
    // By which the engine knows where to call.
    console.log(port);
});
