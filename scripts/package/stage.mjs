import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { esbuildBinaryPackage } from "./esbuild-binary.mjs";
import { extensionManifest } from "./extension-manifest.mjs";
import { TARGETS } from "./targets.mjs";

/** The packages that the types of task files need, for folders that have not installed them: client/new-task-file/shipped-packages.ts. */
const FOR_NEW_FOLDERS = ["@types/node", "undici-types"];
const COPIED = [".vscodeignore", "package.nls.json", "README.md", "CHANGELOG.md", "LICENSE", "l10n", "media"];

/** Lays out in a directory what the extension for a platform is made of; what of it is packed, .vscodeignore says. */
export function stage(root, dist, target, directory) {
  for (const name of COPIED.filter((entry) => existsSync(join(root, entry))))
    cpSync(join(root, name), join(directory, name), { recursive: true });
  // Docs' pictures are for README's links, which lead to the repository.
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(extensionManifest(root), null, 2)}\n`);
  const names = readdirSync(dist).filter((name) => !name.startsWith("."));
  for (const name of names) cpSync(join(dist, name), join(directory, "dist", name), { recursive: true });
  stageEsbuild(root, target, join(directory, "dist/node_modules"));
  for (const name of FOR_NEW_FOLDERS) cpSync(join(root, "node_modules", name), join(directory, "dist/packages", name), { recursive: true });
}

/** Beside the bundles, where they find it as any package: the packager leaves out a node_modules at the top. */
function stageEsbuild(root, target, nodeModules) {
  const from = join(root, "node_modules/esbuild");
  for (const file of ["package.json", "lib/main.js", "LICENSE.md"]) cpSync(join(from, file), join(nodeModules, "esbuild", file));
  const name = TARGETS[target];
  const binary = esbuildBinaryPackage(root, name);
  const program = target.startsWith("win32") ? "esbuild.exe" : "bin/esbuild";
  mkdirSync(join(nodeModules, name), { recursive: true });
  for (const file of ["package.json", program]) cpSync(join(binary, file), join(nodeModules, name, file));
}
