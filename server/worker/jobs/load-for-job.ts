import { relative } from "node:path";
import { unusable } from "../../store/disk/storage-error.ts";
import type { JobScope } from "../channel/messages.ts";
import type { JobContext } from "../job-context.ts";
import { type LoadedClasses, loadTaskClasses } from "../loading/index.ts";

/** Loads the workspace's task files and reports progress: an import may end this process, or never return. @throws StoreError, WatchdogError */
export async function loadForJob(
  { workspace, include, cacheDirectory, unusableFiles }: JobScope,
  context: JobContext,
): Promise<LoadedClasses> {
  const { reporter, watchdog, builtIns, captureError } = context;
  // In parallel with what is done before the first import.
  const watching = watchdog.start();
  watching.catch(() => {});
  const loaded = await loadTaskClasses({
    workspace,
    include,
    cacheDirectory,
    unusable: unusableFiles,
    ready: watching,
    onImport: (file) => reporter.now({ kind: "importing", file }),
    onImported: (file) => {
      const removed = builtIns.imported();
      if (removed.length > 0) reporter.soon({ kind: "warning", message: removedInWords(relative(workspace, file), removed) });
    },
    captureError,
  }).catch((error: unknown) => {
    throw isSystemError(error) ? unusable("save the built task files to", cacheDirectory, error) : error;
  });
  builtIns.loaded();
  reporter.soon({ kind: "loaded", problems: loaded.problems });
  return loaded;
}

function removedInWords(file: string, names: readonly string[]): string {
  return `Importing ${file} added ${names.join(", ")}, which changes every object in the process. It was removed. Extend a class of your own instead.`;
}

/** An error thrown by a task file is not a failure to load; an error of the system is. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
