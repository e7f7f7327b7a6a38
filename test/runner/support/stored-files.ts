import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { cacheDirectory, storeDirectory } from "../../../server/workspace/store-directory.ts";

/** Every file of a folder's store with its bytes, but for the bundles. */
export async function storedFiles(folder: string): Promise<Readonly<Record<string, string>>> {
  const directory = storeDirectory(folder);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const own = files.filter((file) => !file.startsWith(cacheDirectory(folder))).sort();
  return Object.fromEntries(await Promise.all(own.map(async (file) => [relative(directory, file), await readFile(file, "latin1")])));
}
