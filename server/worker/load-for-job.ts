import { cacheDirectory } from "../workspace/store-directory.ts";
import type { JobContext } from "./job-context.ts";
import { type LoadedClasses, loadTaskClasses } from "./loading/index.ts";
import type { JobScope } from "./messages.ts";

/** Loads the workspace's task files and tells what goes on: an import may end this process, or never come back. */
export async function loadForJob({ workspace, include, unusableFiles }: JobScope, context: JobContext): Promise<LoadedClasses> {
  const { reporter, captureError } = context;
  const loaded = await loadTaskClasses({
    workspace,
    include,
    cacheDirectory: cacheDirectory(workspace),
    unusable: unusableFiles,
    onImport: (file) => reporter.now({ kind: "importing", file }),
    captureError,
  });
  reporter.now({ kind: "loaded", problems: loaded.problems });
  return loaded;
}
