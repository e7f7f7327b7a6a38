import { join } from "node:path";

export const STORE_DIRECTORY_NAME = ".background-tasks";

/** The directory in which a workspace folder keeps its tasks. */
export function storeDirectory(workspace: string): string {
  return join(workspace, STORE_DIRECTORY_NAME);
}

/** The directory of the bundles of its task files; may be deleted at any time. */
export function cacheDirectory(workspace: string): string {
  return join(storeDirectory(workspace), "cache");
}
