// `npm run bench`: measures side by side with what the product is compared to, and says which targets are met (docs/performance.md).
// `npm run bench -- --quick` takes a short look at everything; `-- --only throughput,start` measures a part of it.
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUp } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const buildDirectory = join(root, process.env.BENCH_BUILD ?? ".test-build-bench");
const dist = process.env.DIST ?? join(root, "dist");

setUp({ build: process.env.DIST === undefined });
await buildBench();
const { status } = spawnSync(process.execPath, [join(buildDirectory, "main.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: "", DIST: dist },
});
process.exit(status ?? 1);

/** With the options that the product is built with (scripts/build.mjs). */
async function buildBench() {
  const { build } = await import("esbuild");
  await rm(buildDirectory, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/bench/main.ts", "test/bench/open-measure.ts"],
    outdir: buildDirectory,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    keepNames: true,
    sourcemap: "linked",
    logLevel: "warning",
  });
}
