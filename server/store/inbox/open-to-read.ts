import { constants } from "node:fs";
import type { FileSystem } from "../disk/durable-file.ts";
import { isMissing } from "../disk/storage-error.ts";

/** Does not exist on Windows. */
const NO_WAIT = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Opens a file; `undefined` if it is gone or no file, for example a link out of the store, a pipe or a directory. */
export function openToRead(fs: FileSystem, path: string): number | undefined {
  let fd: number;
  try {
    fd = fs.openSync(path, constants.O_RDONLY | NO_WAIT);
  } catch (error) {
    if (isMissing(error) || !fs.lstatSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    throw error;
  }
  if (fs.fstatSync(fd).isFile()) return fd;
  fs.closeSync(fd);
  return undefined;
}
