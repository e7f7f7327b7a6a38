import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The manifest of the extension, made from that of the repository, which is the npm package's. An editor loads `main`, where Node finds the
 * library. The packager refuses `files` beside .vscodeignore. Scripts and tools are only of use where the sources are.
 */
export function extensionManifest(root) {
  const {
    scripts: _scripts,
    devDependencies: _tools,
    files: _files,
    ...rest
  } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return { ...rest, main: "./dist/client/extension.cjs" };
}
