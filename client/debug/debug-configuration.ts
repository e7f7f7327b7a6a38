import type { DebugConfiguration } from "vscode";
import type { DebugTarget } from "../../server/protocol/debug-target.ts";
import type { DebugLaunch } from "../../server/protocol/runner-protocol.ts";

/** What a person has set for debugging, as in a launch configuration of Node. */
export type DebugOptions = Readonly<Record<string, unknown>>;

/** By this property of its configuration a debug session is known as ours: the id that the runner has given its launch. */
export const LAUNCH_ID = "backgroundTasksLaunch";

/** How js-debug finds and shows the user's TypeScript behind the bundles. */
const SOURCES = { sourceMaps: true, pauseForSourceMap: true, resolveSourceMapLocations: null, smartStep: true };

/** The configuration for VS Code's own debugger of Node. A person's options win, but for what makes it this process. */
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
