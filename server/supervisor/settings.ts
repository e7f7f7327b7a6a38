import { fileURLToPath } from "node:url";
import { cacheOf, readWorkspaceConfig, storeDirectory } from "../workspace/index.ts";
import type { WorkerSettings } from "./process/job-worker.ts";
import type { SupervisorOptions } from "./supervisor-options.ts";

const DEFAULT_MAX_EXECUTION_TIME = 30_000;
const DEFAULT_GRACE = 5_000;

/** The effective settings. Times in milliseconds. */
export interface Settings {
  readonly workspace: string;
  readonly include: readonly string[];
  readonly storeDirectory: string;
  readonly cacheDirectory: string;
  readonly durability: "power" | "process";
  readonly maxExecutionTime: number;
  readonly grace: number;
  readonly worker: WorkerSettings;
}

/** Read again for each worker's job, so that a changed configuration applies to the next one. @throws ConfigError */
export function decideSettings(options: SupervisorOptions): Settings {
  const { workspace } = options;
  const cacheDirectory = cacheDirectoryOf(options);
  const config = readWorkspaceConfig(workspace);
  return {
    workspace,
    include: options.include ?? config.include,
    storeDirectory: options.storeDirectory ?? storeDirectory(workspace),
    cacheDirectory,
    durability: options.durability ?? config.durability ?? "power",
    maxExecutionTime: milliseconds(config.maxExecutionTime) ?? DEFAULT_MAX_EXECUTION_TIME,
    grace: options.graceMs ?? milliseconds(config.grace) ?? DEFAULT_GRACE,
    worker: {
      nodePath: options.nodePath ?? process.execPath,
      workerPath: options.workerPath ?? fileURLToPath(new URL("./worker.js", import.meta.url)),
      execArgv: options.execArgv ?? [],
      env: options.env ?? process.env,
      cwd: workspace,
      cacheDirectory,
    },
  };
}

export function cacheDirectoryOf(options: SupervisorOptions): string {
  return options.cacheDirectory ?? cacheOf(options.storeDirectory ?? storeDirectory(options.workspace));
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000;
}
