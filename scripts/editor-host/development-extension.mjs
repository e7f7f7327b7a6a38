import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

/** The directory an editor loads the extension from: the checkout itself, or one made of links where dist/ is built elsewhere. */
export function developmentExtension(root, dist, directory) {
  if (resolve(dist) === join(root, "dist")) return root;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(root)) {
    if (!name.startsWith(".") && name !== "dist") symlinkSync(join(root, name), join(directory, name));
  }
  symlinkSync(resolve(dist), join(directory, "dist"));
  return directory;
}
