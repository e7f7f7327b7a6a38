// Builds the bundles that ship into dist/. The declarations of the package are written by declarations.mjs. `--development`: readable, with
// source maps, to debug the extension and its runner, which an editor loads from .dist-development/.
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { developmentExtension } from "./editor-host/development-extension.mjs";
import { keptModules } from "./kept-modules.mjs";
import { writeConfigSchema } from "./package/config-schema.mjs";
import { thirdPartyNotices } from "./package/third-party-notices.mjs";
import { typescriptParser } from "./typescript-parser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** DIST builds to a separate directory. */
const dist = process.env.DIST ?? `${root}/dist`;

await rm(dist, { recursive: true, force: true });
const isDevelopment = process.argv.includes("--development");
const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  platform: "node",
  keepNames: true,
  sourcemap: isDevelopment ? "linked" : false,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
const metafiles = [];
// Two builds: what both use is in pieces, and a worker that had to load the pieces that only suit the command line would start later.
for (const { entryPoints, inject = [], plugins = [] } of [
  {
    entryPoints: { index: "server/index.ts", worker: "server/worker/main.ts", watchdog: "server/worker/watchdog/watchdog-thread.ts" },
    // These share a process with user code.
    inject: ["server/start/kept-globals.ts"],
    plugins: [keptModules],
  },
  { entryPoints: { cli: "server/cli/main.ts", runner: "server/runner/main.ts" } },
]) {
  const { metafile } = await build({
    ...common,
    entryPoints,
    inject,
    splitting: true,
    format: "esm",
    target: "node20.19",
    external: ["esbuild"],
    plugins: [typescriptParser, ...plugins],
    // The CommonJS builds of some libraries require their own files in ways that cannot be bundled.
    mainFields: ["module", "main"],
    // Bundled CommonJS libraries (commander) require Node's own modules.
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  });
  metafiles.push(metafile);
}
// An editor loads its extensions as CommonJS. Minified, because it is read at each start of an editor: half the bytes.
const client = await build({
  ...common,
  entryPoints: { "client/extension": "client/extension.ts" },
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  target: "node22",
  external: ["vscode"],
  // The CommonJS builds of some libraries (jsonc-parser) require their own files in ways that cannot be bundled.
  mainFields: ["module", "main"],
  minify: !isDevelopment,
});
metafiles.push(client.metafile);
await writeFile(`${dist}/third-party-notices.txt`, thirdPartyNotices(root, metafiles, ["node_modules/esbuild"]));
await writeConfigSchema(root, `${dist}/config-schema.json`);
if (isDevelopment) developmentExtension(root, dist, `${root}/.dist-development`);
