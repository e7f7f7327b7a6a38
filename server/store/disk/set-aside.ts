import { join } from "node:path";
import { type FileSystem, syncDirectory } from "./durable-file.ts";
import { guarded } from "./storage-error.ts";

/** Saves unusable bytes, one item per line, durably in a separate file `damaged-<time>.jsonl`. Returns its path. */
export async function setAside(fs: FileSystem, directory: string, lines: readonly Uint8Array[]): Promise<string> {
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const path = join(directory, `damaged-${time}.jsonl`);
  return guarded("save damaged lines to", path, async () => {
    const handle = await fs.promises.open(path, "a");
    const { size } = await handle.stat();
    try {
      for (const line of lines) {
        await handle.appendFile(line);
        await handle.appendFile("\n");
      }
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
