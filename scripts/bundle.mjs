import { rm } from "node:fs/promises";
import { typescriptParser } from "./typescript-parser.mjs";

/** Bundles programs that are only run here, tests and benchmarks, into a directory of their own, as the product itself is built. */
export async function bundle(root, outdir, entryPoints, options = {}) {
  const { build } = await import("esbuild");
  await rm(outdir, { recursive: true, force: true });
  await build(bundleOptions(root, outdir, entryPoints, options));
}

/** For esbuild. */
export function bundleOptions(root, outdir, entryPoints, options = {}) {
  return {
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    keepNames: true,
    sourcemap: "linked",
    logLevel: "warning",
    plugins: [typescriptParser],
    ...options,
  };
}
