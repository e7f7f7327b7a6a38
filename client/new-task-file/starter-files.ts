import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import tsconfig from "../templates/tsconfig.json?text" with { type: "text" };
import { ENGINE_PACKAGE, NODE_TYPES, type PackageVersions } from "./package-names.ts";

/** Writes the missing files that a folder without package.json needs beside task files; returns their paths. */
export async function writeStarterFiles(directory: string, versions: PackageVersions): Promise<readonly string[]> {
  const manifest = {
    private: true,
    type: "module",
    dependencies: { [ENGINE_PACKAGE]: `^${versions[ENGINE_PACKAGE]}` },
    devDependencies: { [NODE_TYPES]: `^${versions[NODE_TYPES]}` },
  };
  const files = {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "tsconfig.json": tsconfig,
    ".gitignore": "node_modules/\n",
  };
  const written: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    if (await writeNew(join(directory, name), text)) written.push(join(directory, name));
  }
  return written;
}

/** Returns false and writes nothing if the file exists. */
export async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
