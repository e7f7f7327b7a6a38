// `npm run bench`: measures side by side with what the product is compared to, and says which targets are met (docs/performance.md).
// `npm run bench -- --quick` takes a short look at everything; `-- --only throughput,start` measures a part of it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { setUp } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const buildDirectory = join(root, process.env.BENCH_BUILD ?? ".test-build-bench");
const dist = process.env.DIST ?? join(root, "dist");

setUp({ build: process.env.DIST === undefined });
await bundle(root, buildDirectory, ["test/bench/main.ts", "test/bench/open-measure.ts"]);
const { status } = spawnSync(process.execPath, [join(buildDirectory, "main.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: "", DIST: dist },
});
process.exit(status ?? 1);
