import { dirname, join } from "node:path";
import type { FileSystem } from "./durable-file.ts";
import { errorCode, guarded } from "./storage-error.ts";

/** Makes the directory, for its owner's eyes only, with a `.gitignore` before anything else. @throws StoreError */
export async function prepareStoreDirectory(fs: FileSystem, directory: string): Promise<void> {
  await guarded("make the store's directory", directory, () => makeDirectory(fs, directory, 0o700));
  try {
    await fs.promises.writeFile(join(directory, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    // Only reading may be wanted of a store that cannot be written to; whoever writes will be told.
    if (!["EEXIST", "EROFS", "EACCES", "EPERM", "ENOSPC", "EDQUOT"].includes(errorCode(error) ?? "")) throw error;
  }
}

/** Not by the `recursive` of Node, which answers ENOENT where the disk is read-only. */
async function makeDirectory(fs: FileSystem, directory: string, mode?: number): Promise<void> {
  try {
    await fs.promises.mkdir(directory, mode);
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      await makeDirectory(fs, dirname(directory));
      await makeDirectory(fs, directory, mode);
      return;
    }
    const isThere = await fs.promises.stat(directory).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}
