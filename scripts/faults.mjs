// `npm run faults` kills, tears, fills, fails and cuts the power at every call of the store, on the real command line, and checks what is
// left (docs/guarantees.md). All of it takes an hour or two; `npm run faults -- --count 20 --cuts 20` takes some of each;
// `-- --only "kill before,EIO"` one or two kinds; `-- --keep` keeps the folders of failures; `-- --seed 2` cuts the power otherwise.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { setUp } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const buildDirectory = join(root, ".test-build-faults");
const dist = process.env.DIST ?? join(root, "dist");

setUp({ build: process.env.DIST === undefined });
await bundle(root, buildDirectory, ["test/faults/main.ts", "test/faults/injection/inject.program.ts"], { outbase: "test/faults" });
const { status } = spawnSync(process.execPath, [join(buildDirectory, "main.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, NODE_OPTIONS: "", DIST: dist, FAULTS_BUILD: buildDirectory },
});
process.exit(status ?? 1);
