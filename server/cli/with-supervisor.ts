import { accessSync, constants, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Supervisor } from "../supervisor/supervisor.ts";
import type { SupervisorOptions } from "../supervisor/supervisor-options.ts";
import { cacheOf } from "../workspace/index.ts";
import type { Context } from "./context.ts";

type Use<Result> = (supervisor: Supervisor) => Promise<Result>;

/** Provides a supervisor of the workspace for the duration of a call; its worker is gone afterwards. */
export function withSupervisor<Result>({ workspace, store }: Context, use: Use<Result>): Promise<Result> {
  return lend({ workspace, storeDirectory: store }, use);
}

/** Like `withSupervisor`, for commands that need no store: where nothing can be written, task files are built in a temporary directory. */
export async function withDescribingSupervisor<Result>({ workspace, store }: Context, use: Use<Result>): Promise<Result> {
  if (isWritable(cacheOf(store))) return lend({ workspace, storeDirectory: store }, use);
  const cacheDirectory = mkdtempSync(join(tmpdir(), "background-tasks-"));
  try {
    return await lend({ workspace, storeDirectory: store, cacheDirectory }, use);
  } finally {
    rmSync(cacheDirectory, { recursive: true, force: true });
  }
}

async function lend<Result>(options: SupervisorOptions, use: Use<Result>): Promise<Result> {
  const supervisor = new Supervisor(options);
  try {
    return await use(supervisor);
  } finally {
    await supervisor.close();
  }
}

/** Of a directory that does not exist: whether it can be created. */
function isWritable(directory: string): boolean {
  if (!existsSync(directory)) return dirname(directory) !== directory && isWritable(dirname(directory));
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
