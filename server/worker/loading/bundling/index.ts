import { join } from "node:path";
import type { Bundle, BundleRequest } from "../bundle.ts";
import { maker } from "../manifest.ts";
import { buildModules } from "./build-modules.ts";
import { removeOldBundles, writeBundle, writeManifest } from "./keep-bundle.ts";

/** Bundles the task files into the cache. Only when this module is loaded is esbuild. */
export async function makeBundle(request: BundleRequest): Promise<Bundle> {
  const { cacheDirectory } = request;
  const { taskFiles, modules, outputs, declarations, imports, problems, influences } = await buildModules(request);
  const directory = await writeBundle(cacheDirectory, outputs);
  // Whatever is missing may come by itself, as packages do when they are installed: bundles with problems are made anew each time.
  const facts = problems.length === 0 ? influences.facts() : undefined;
  if (facts) await writeManifest({ madeBy: maker(), request, directory, modules, declarations, imports, facts });
  await removeOldBundles(cacheDirectory);
  const bundled = taskFiles.map((file, index) => ({ file, module: join(cacheDirectory, directory, modules[index] ?? "") }));
  return { taskFiles: bundled, declarations, imports, problems };
}
