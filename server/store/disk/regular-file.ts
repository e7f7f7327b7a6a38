import { constants, type Stats } from "node:fs";
import { StoreError } from "../contract/store-error.ts";
import type { FileSystem } from "./durable-file.ts";
import { isMissing } from "./storage-error.ts";

export type FileHandle = Awaited<ReturnType<FileSystem["promises"]["open"]>>;

/** Windows has no such files, and no such flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file of the store for reading; `undefined` if it is missing. Refuses a directory, pipe or device in its place, which may never end
 * or never begin. @throws StoreError
 */
export async function openRegularFile(fs: FileSystem, path: string): Promise<FileHandle | undefined> {
  let handle: FileHandle;
  try {
    handle = await fs.promises.open(path, WITHOUT_WAITING);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const stats = await handle.stat();
  if (stats.isFile()) return handle;
  await handle.close();
  throw new StoreError(
    "unusable",
    `${path} is ${kindOf(stats)}, not a file. Move it away and try again; the other files of the store are kept.`,
  );
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a directory";
  if (stats.isFIFO()) return "a pipe";
  return "a device or a socket";
}
