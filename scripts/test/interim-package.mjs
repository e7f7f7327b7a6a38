// Until scripts/package.mjs is there.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

export async function packageExtension({ out }) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const staging = join(dirname(out), "staging");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  delete manifest.scripts;
  delete manifest.devDependencies;
  writeFileSync(join(staging, "package.json"), JSON.stringify(manifest));
  for (const name of [
    "media",
    "l10n",
    "package.nls.json",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "node_modules/esbuild",
    "node_modules/@esbuild",
  ])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(staging, name), { recursive: true });
  cpSync(process.env.DIST ?? join(root, "dist"), join(staging, "dist"), { recursive: true });
  await createVSIX({ cwd: staging, packagePath: out });
  return out;
}
