import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { extensionManifest } from "../package/extension-manifest.mjs";

/** Makes the directory that an editor loads the extension from while it is developed: the extension's manifest, and links to what is built. */
export function developmentExtension(root, dist, directory) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(extensionManifest(root), null, 2)}\n`);
  copyFileSync(join(root, "package.nls.json"), join(directory, "package.nls.json"));
  // Junctions: on Windows other links are for administrators. node_modules has the packages that New Task File copies.
  for (const name of ["l10n", "media", "node_modules"]) symlinkSync(join(root, name), join(directory, name), "junction");
  symlinkSync(resolve(dist), join(directory, "dist"), "junction");
  return directory;
}
