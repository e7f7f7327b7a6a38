// Packs the extension: `node scripts/package.mjs` for this platform, `--all` for every one, or `--target linux-x64`, optionally
// with `--out FILE`.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stage } from "./package/stage.mjs";
import { ownTarget, TARGETS } from "./package/targets.mjs";
import { setUp } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Packs what is built for one platform, as an editor installs it. Returns the path of the file.
 *
 * @param out where the file goes; by default into the repository's directory, named by version and platform.
 */
export async function packageExtension({ target = ownTarget(), out } = {}) {
  const { createVSIX } = await import("@vscode/vsce");
  const directory = mkdtempSync(join(tmpdir(), "background-tasks-package-"));
  try {
    stage(root, process.env.DIST ?? join(root, "dist"), target, directory);
    const { version } = (await import("../package.json", { with: { type: "json" } })).default;
    const packagePath = out ?? join(root, `background-tasks-${version}-${target}.vsix`);
    await createVSIX({ cwd: directory, target, packagePath, dependencies: false, allowStarActivation: false });
    return packagePath;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { all: { type: "boolean" }, target: { type: "string" }, out: { type: "string" } } });
  if (values.target !== undefined && !(values.target in TARGETS)) {
    console.error(`Unknown target ${values.target}. Available targets: ${Object.keys(TARGETS).join(", ")}.`);
    process.exit(2);
  }
  setUp({ build: process.env.DIST === undefined, declarations: true });
  for (const target of values.all ? Object.keys(TARGETS) : [values.target ?? ownTarget()]) {
    const file = await packageExtension({ target, ...(values.out && !values.all && { out: values.out }) });
    console.log(`${(statSync(file).size / 1024 ** 2).toFixed(1)} MB  ${relative(process.cwd(), file)}`);
  }
}
