import { join } from "node:path";
import type { Bundle, BundleRequest } from "../bundle.ts";
import { maker } from "../manifest.ts";
import { buildModules } from "./build-modules.ts";
import { removeOldBundles, writeBundle, writeManifest } from "./keep-bundle.ts";

/** Bundles the task files into the cache. Loading this module loads esbuild; nothing else does. */
export async function makeBundle(request: BundleRequest): Promise<Bundle> {
  const { cacheDirectory } = request;
  const { taskFiles, modules, outputs, declarations, imports, problems, influences } = await buildModules(request);
  const { directory, sizes } = await writeBundle(cacheDirectory, outputs);
  // Missing things may appear on their own, such as packages being installed: bundles with problems are rebuilt each time.
  const facts = problems.length === 0 ? influences.facts() : undefined;
  if (facts) await writeManifest({ madeBy: maker(), request, directory, sizes, modules, declarations, imports, facts });
  await removeOldBundles(cacheDirectory);
  const bundled = taskFiles.map((file, index) => ({ file, module: join(cacheDirectory, directory, modules[index] ?? "") }));
  return { taskFiles: bundled, declarations, imports, problems };
}
