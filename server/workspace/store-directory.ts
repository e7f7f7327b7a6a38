import { basename, join } from "node:path";

export const STORE_DIRECTORY_NAME = ".background-tasks";

/** The directory in which a workspace folder keeps its tasks, unless a command names another one. */
export function storeDirectory(workspace: string): string {
  return join(workspace, STORE_DIRECTORY_NAME);
}

/** The directory of the bundles of a workspace's task files; may be deleted at any time. */
export function cacheDirectory(workspace: string): string {
  return cacheOf(storeDirectory(workspace));
}

/** The directory of bundles in a store. Hidden where the store is not, because the search for task files must not find the bundles. */
export function cacheOf(store: string): string {
  return join(store, basename(store) === STORE_DIRECTORY_NAME ? "cache" : ".cache");
}
