import { existsSync } from "node:fs";
import { InputError } from "../service/input-error.ts";
import { CONFIG_FILE_NAME, hasTaskFile, patternsWithoutFile, readWorkspaceConfig } from "../workspace/index.ts";
import type { Context } from "./context.ts";
import { nearbyStores } from "./with-store.ts";

/**
 * Refuses to work in a folder without task files, where a tick would never have anything to do. Names a store elsewhere that may be meant
 * if this folder has none yet.
 *
 * @throws InputError, ConfigError
 */
export async function requireTaskFiles(context: Context): Promise<void> {
  const { workspace, store } = context;
  const { include } = readWorkspaceConfig(workspace);
  const isStored = existsSync(store);
  if (await hasTaskFile(workspace, include)) {
    if (!isStored) await context.stderr.lines(await nearbyStores(context));
    return;
  }
  const parts = [
    `No task file found under ${workspace} (include: ${include.join(", ")}).`,
    `Run the command in the folder with the task files, name that with --workspace, or change "include" in ${CONFIG_FILE_NAME}.`,
    ...(isStored ? [`Without their task files, the tasks stored in ${store} cannot be executed.`] : await nearbyStores(context)),
  ];
  throw new InputError(parts.join("\n"));
}

/** Returns a warning for each pattern of the configuration that matches no file. */
export function warnOfPatterns(workspace: string, include: readonly string[], taskFiles: readonly string[]): string[] {
  return patternsWithoutFile(workspace, include, taskFiles).map(
    (pattern) => `warning: no file matches ${JSON.stringify(pattern)} of "include" in ${CONFIG_FILE_NAME}.`,
  );
}
