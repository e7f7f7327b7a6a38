// Runs the tests: `node scripts/test.mjs [suite …] [-- mocha options]`. A suite is a folder of test/; without one all of them run, `editor`
// inside a real editor's extension host, `ui` on its window in a browser, the others in Node.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provideChromium, provideNeovim } from "./programs.mjs";
import { setUp, setUpEditorHost } from "./set-up.mjs";
import { Counts } from "./test/counts.mjs";
import { runInEditor } from "./test/editor-suite.mjs";
import { runInNode } from "./test/node-suites.mjs";
import { allSuites } from "./test/suites.mjs";
import { runInWindow } from "./test/ui-suite.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
process.chdir(root);
const buildName = process.env.TEST_BUILD ?? ".test-build";
const dist = process.env.DIST ?? join(root, "dist");
const args = process.argv.slice(2);
const split = args.indexOf("--");
const named = split < 0 ? args : args.slice(0, split);
const options = split < 0 ? [] : args.slice(split + 1);

/** The editor that test/vscode-host provides is of this platform only. Elsewhere `npm run test:desktop` runs test/editor. */
const hasEditor = process.platform === "linux" && process.arch === "x64";
const ofEditor = ["editor", "ui"];
if (!hasEditor) tellWithoutEditor();
const suites = named.length > 0 ? named : allSuites(root).filter((suite) => hasEditor || !ofEditor.includes(suite));
const inNode = suites.filter((suite) => !ofEditor.includes(suite));
setUp({ build: process.env.DIST === undefined, declarations: true });
if (suites.includes("runner")) provideNeovim();
if (inNode.length < suites.length) {
  setUpEditorHost();
  process.env.CHROMIUM = provideChromium();
}

mkdirSync(join(root, buildName), { recursive: true });
const countsFile = join(root, buildName, ".counts");
const counts = new Counts(countsFile);
const common = { root, dist, options, environment: environment() };
const part = (name) => ({ ...common, build: join(buildName, name) });
if (inNode.length > 0) await counts.include("node", () => runInNode({ ...part("node"), suites: inNode, timeout: 60_000 }));
if (suites.includes("editor")) await counts.include("editor", () => runInEditor({ ...part("editor"), timeout: 60_000 }));
if (suites.includes("ui")) await counts.include("ui", () => runInWindow({ ...part("ui"), timeout: 120_000 }));
process.exit(counts.finish());

function tellWithoutEditor() {
  console.error("The suites editor and ui need Linux on x64. `npm run test:desktop` runs the suite editor in a VS Code of this machine.");
  if (named.some((suite) => ofEditor.includes(suite))) process.exit(1);
}

/** What tests in any process find their way by. */
function environment() {
  return { DIST: dist, TEST_COUNTS: countsFile, TEST_REPOSITORY: root, TEST_REPORTER: join(root, "scripts/test-reporter.cjs") };
}
