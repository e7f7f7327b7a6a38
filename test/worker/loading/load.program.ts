// Loads the workspace named by the first argument and prints, as one line of JSON, what was loaded, how long it took, and whether esbuild
// was needed.
import { createRequire } from "node:module";
import { loadTaskClasses } from "../../../server/worker/loading/index.ts";
import { cacheDirectory, DEFAULT_INCLUDE } from "../../../server/workspace/index.ts";

const [workspace = "", enginePackage = ""] = process.argv.slice(2);
const startedAt = performance.now();
const { classes, problems } = await loadTaskClasses({
  workspace,
  include: DEFAULT_INCLUDE,
  cacheDirectory: cacheDirectory(workspace),
  enginePackage,
});
const milliseconds = performance.now() - startedAt;
const usedEsbuild = Object.keys(createRequire(import.meta.url).cache).some((file) => /[\\/]esbuild[\\/]lib[\\/]main\.js$/.test(file));
const names = classes.map((found) => (found.class as { readonly name: string }).name);
console.log(JSON.stringify({ classes: names, problems, milliseconds, usedEsbuild }));
