import { dirname, join } from "node:path";
import { type FileSystem, makeDirectory, syncDirectory } from "./durable-file.ts";
import { isLink, refuseLinkToParent } from "./links.ts";
import { errorCode, guarded } from "./storage-error.ts";

/**
 * Creates the directory, accessible only to its owner, with a `.gitignore` before anything else. `durable`: it survives a power cut. What
 * a link leads to is left as it is.
 *
 * @throws StoreError
 */
export async function prepareStoreDirectory(fs: FileSystem, directory: string, durable: boolean): Promise<void> {
  if (await guarded("look at", directory, () => isLink(fs, directory))) {
    await guarded("follow the link", directory, () => refuseLinkToParent(fs, directory));
    return;
  }
  const isCreated = await guarded("make the store's directory", directory, () => makeDirectory(fs, directory, 0o700));
  const path = join(directory, ".gitignore");
  // The cache of task files may have created the directory just before.
  const isNew = (await guarded("write", path, () => writeGitignore(fs, path))) || isCreated;
  const parent = dirname(directory);
  if (isNew && durable)
    await guarded("make durable", parent, () => syncParent(fs, parent)).catch(async (error: unknown) => {
      // A later success would prove nothing; the next attempt creates it again.
      await fs.promises.rm(path, { force: true }).catch(() => {});
      await fs.promises.rmdir(directory).catch(() => {});
      throw error;
    });
}

/** True if there was none. */
async function writeGitignore(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.promises.writeFile(path, "*\n", { flag: "wx" });
    return true;
  } catch (error) {
    const code = errorCode(error) ?? "";
    if (code === "EEXIST") return false;
    // An empty one would stay, and ignore nothing.
    await fs.promises.rm(path, { force: true }).catch(() => {});
    // The caller may only want to read a store that cannot be written to; a writer gets an error.
    if (!["EROFS", "EACCES", "EPERM", "ENOSPC", "EDQUOT"].includes(code)) throw error;
    return false;
  }
}

/** A directory that may be changed but not read cannot be opened for this. */
async function syncParent(fs: FileSystem, parent: string): Promise<void> {
  await syncDirectory(fs, parent).catch((error: unknown) => {
    if (errorCode(error) !== "EACCES") throw error;
  });
}
