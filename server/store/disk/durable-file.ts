import type * as NodeFs from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "./storage-error.ts";

export type FileSystem = typeof NodeFs;

/** Errors of file systems on which a directory cannot, and need not, be made durable. */
const NO_DIRECTORY_SYNC = new Set(["EINVAL", "ENOTSUP", "EISDIR", "EPERM"]);

/** Makes renames, creations and removals in a directory survive a power cut. Windows does that on its own. */
export async function syncDirectory(fs: FileSystem, directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.promises.open(directory, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!NO_DIRECTORY_SYNC.has(errorCode(error) ?? "")) throw error;
  } finally {
    await handle.close();
  }
}

/** Windows refuses to replace a file while another process, often a virus scanner, has it open. */
const IN_USE = new Set(process.platform === "win32" ? ["EPERM", "EACCES", "EBUSY"] : []);
const LONGEST_DELAY_MS = 320;

/** Renames, replacing an existing file. Waits up to about two thirds of a second for other processes to close it. */
export async function replaceFile(fs: FileSystem, from: string, to: string): Promise<void> {
  for (let delayMs = 10; ; delayMs *= 2) {
    try {
      return await fs.promises.rename(from, to);
    } catch (error) {
      if (!IN_USE.has(errorCode(error) ?? "") || delayMs > LONGEST_DELAY_MS) throw error;
      await delay(delayMs);
    }
  }
}

/** Creates or replaces a file so that readers see all of the new content or none of it. */
export async function writeFileAtomically(
  fs: FileSystem,
  { path, temporary, content, durable }: { path: string; temporary: string; content: string; durable: boolean },
): Promise<void> {
  try {
    const handle = await fs.promises.open(temporary, "w");
    try {
      await handle.writeFile(content);
      if (durable) await handle.datasync();
    } finally {
      await handle.close();
    }
    await replaceFile(fs, temporary, path);
  } catch (error) {
    await fs.promises.rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Writes all of `bytes`; one call to the system may take only a part, as it does on a disk that is nearly full. */
export function writeFully(fs: FileSystem, fd: number, bytes: Uint8Array, position: number | null): void {
  for (let done = 0; done < bytes.length; ) {
    const written = fs.writeSync(fd, bytes, done, bytes.length - done, position === null ? null : position + done);
    if (written === 0) throw Object.assign(new Error("The system wrote nothing."), { code: "ENOSPC" });
    done += written;
  }
}

/**
 * Creates a directory and its parents unless it exists; `mode` applies to the last one. True if it was created. Node's `recursive` option
 * is not used because it answers ENOENT on a read-only disk.
 */
export async function makeDirectory(fs: FileSystem, directory: string, mode?: number): Promise<boolean> {
  try {
    await fs.promises.mkdir(directory, mode);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT" && dirname(directory) !== directory) {
      await makeDirectory(fs, dirname(directory));
      return makeDirectory(fs, directory, mode);
    }
    const isThere = await fs.promises.stat(directory).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
    return false;
  }
}
