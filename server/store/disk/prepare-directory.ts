import { join } from "node:path";
import { type FileSystem, makeDirectory } from "./durable-file.ts";
import { errorCode, guarded } from "./storage-error.ts";

/** Creates the directory, readable by its owner only, with a `.gitignore` before anything else. @throws StoreError */
export async function prepareStoreDirectory(fs: FileSystem, directory: string): Promise<void> {
  await guarded("make the store's directory", directory, () => makeDirectory(fs, directory, 0o700));
  try {
    await fs.promises.writeFile(join(directory, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    // The caller may only want to read a store that cannot be written; a writer will get the error.
    if (!["EEXIST", "EROFS", "EACCES", "EPERM", "ENOSPC", "EDQUOT"].includes(errorCode(error) ?? "")) throw error;
  }
}
