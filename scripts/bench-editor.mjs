// `npm run bench:editor`: measures the extension in the real editor, side by side with what it is compared to (docs/performance.md).
// `npm run bench:editor -- --quick` takes a short look at everything.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";
import { packageExtension } from "./package.mjs";
import { provideChromium } from "./programs.mjs";
import { setUp, setUpEditorHost } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const directory = join(root, process.env.BENCH_BUILD ?? ".test-build-bench-editor");

setUp({ declarations: true });
setUpEditorHost();
const chromium = provideChromium();
await bundle(root, directory, ["test/bench/editor/main.ts", "test/bench/editor/parse-files.program.ts"], {
  splitting: false,
  entryNames: "[name]",
});
const inHost = ["activation-in-host", "work-in-host", "typing-in-host", "saving-in-host"].map((name) => `test/bench/editor/${name}.ts`);
await bundle(root, join(directory, "in-host"), inHost, {
  splitting: false,
  entryNames: "[name]",
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  external: ["vscode"],
});
const vsix = await packageExtension({ out: join(directory, "background-tasks.vsix") });
const { status } = spawnSync(process.execPath, [join(directory, "main.js"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    NODE_OPTIONS: "",
    CHROMIUM: chromium,
    BENCH_VSIX: vsix,
    BENCH_IN_HOST: join(directory, "in-host"),
    BENCH_PROGRAMS: directory,
  },
});
process.exit(status ?? 1);
