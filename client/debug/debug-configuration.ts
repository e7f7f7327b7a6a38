import type { DebugConfiguration } from "vscode";
import type { DebugTarget } from "../../server/protocol/debug-target.ts";
import type { DebugLaunch } from "../../server/protocol/runner-protocol.ts";

/** The user's debug options, as in a launch configuration of Node. */
export type DebugOptions = Readonly<Record<string, unknown>>;

/** The property that marks a debug configuration as ours. Its value is the id that the runner gave the launch. */
export const LAUNCH_ID = "backgroundTasksLaunch";

/** Lets js-debug find and show the user's TypeScript behind the bundles. */
const SOURCES = { sourceMaps: true, pauseForSourceMap: true, resolveSourceMapLocations: null, smartStep: true };

/** Returns the configuration for VS Code's Node debugger. The user's options win, except over those that select this process. */
export function debugConfiguration(
  { id, target, outFiles, skipFiles }: DebugLaunch,
  name: string,
  options: DebugOptions,
): DebugConfiguration {
  return {
    ...SOURCES,
    outFiles,
    console: "internalConsole",
    ...options,
    skipFiles: [...skipFiles, ...list(options.skipFiles)],
    ...targetProperties(target, options),
    type: "node",
    name,
    [LAUNCH_ID]: id,
  };
}

function targetProperties(target: DebugTarget, options: DebugOptions): Pick<DebugConfiguration, "request"> & Record<string, unknown> {
  if (target.request === "attach") return { request: "attach", address: "127.0.0.1", port: target.port, continueOnAttach: true };
  const { request, program, runtimeExecutable, runtimeArgs, args, cwd, env } = target;
  return {
    request,
    program,
    args,
    cwd: options.cwd ?? cwd,
    runtimeExecutable: options.runtimeExecutable ?? runtimeExecutable,
    runtimeArgs: [...runtimeArgs, ...list(options.runtimeArgs)],
    env: { ...(isObject(options.env) && options.env), ...env },
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
