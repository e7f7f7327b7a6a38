import { dirname, sep } from "node:path";
import { StoreError } from "../contract/store-error.ts";
import type { FileSystem } from "./durable-file.ts";
import { isMissing } from "./storage-error.ts";

export async function isLink(fs: FileSystem, path: string): Promise<boolean> {
  try {
    return (await fs.promises.lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Nothing is written where a link inside of the store leads: it may have come with a repository. @throws StoreError */
export async function refuseLink(fs: FileSystem, path: string): Promise<void> {
  if (await isLink(fs, path))
    throw new StoreError("unusable", `${path} is a link. Remove it and try again; the store creates a directory there.`);
}

/**
 * The store itself may be a link that a user has made to a directory elsewhere, but not to one that contains the workspace. @throws StoreError
 */
export async function refuseLinkToParent(fs: FileSystem, directory: string): Promise<void> {
  const [target, parent] = await Promise.all([fs.promises.realpath(directory), fs.promises.realpath(dirname(directory))]);
  if (parent !== target && !parent.startsWith(target.endsWith(sep) ? target : `${target}${sep}`)) return;
  throw new StoreError("unusable", `${directory} is a link to ${target}, which contains the workspace. Remove the link and try again.`);
}
