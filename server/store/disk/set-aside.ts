import { join } from "node:path";
import { type FileSystem, syncDirectory } from "./durable-file.ts";
import { type FileHandle, openRegularFile } from "./regular-file.ts";
import type { ByteRange } from "./rejected-lines.ts";
import { guarded } from "./storage-error.ts";

const PART_BYTES = 1 << 20;

/** Saves unusable bytes, one item per line, durably in a separate file `damaged-<time>.jsonl`. Returns its path. */
export function setAside(fs: FileSystem, directory: string, lines: readonly Uint8Array[]): Promise<string> {
  return writeDurably(fs, directory, async (handle) => {
    for (const line of lines) {
      await handle.appendFile(line);
      await handle.appendFile("\n");
    }
  });
}

/** Saves unusable lines of a file in the same way, however long they are. */
export function setRangesAside(fs: FileSystem, directory: string, path: string, ranges: readonly ByteRange[]): Promise<string> {
  return writeDurably(fs, directory, async (handle) => {
    const source = await openRegularFile(fs, path);
    if (!source) return;
    try {
      const buffer = Buffer.allocUnsafe(PART_BYTES);
      for (const { start, end } of ranges) {
        for (let position = start; position < end; ) {
          const { bytesRead } = await source.read(buffer, 0, Math.min(PART_BYTES, end - position), position);
          if (bytesRead === 0) break;
          await handle.appendFile(buffer.subarray(0, bytesRead));
          position += bytesRead;
        }
        await handle.appendFile("\n");
      }
    } finally {
      await source.close();
    }
  });
}

async function writeDurably(fs: FileSystem, directory: string, write: (handle: FileHandle) => Promise<void>): Promise<string> {
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const path = join(directory, `damaged-${time}.jsonl`);
  return guarded("save damaged lines to", path, async () => {
    const handle = await fs.promises.open(path, "a");
    const { size } = await handle.stat();
    try {
      await write(handle);
      await handle.datasync();
    } catch (error) {
      // The next attempt writes another file.
      await (size > 0 ? handle.truncate(size) : fs.promises.rm(path)).catch(() => {});
      throw error;
    } finally {
      await handle.close();
    }
    await syncDirectory(fs, directory);
    return path;
  });
}
