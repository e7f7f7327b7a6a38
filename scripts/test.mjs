// Runs the tests: `node scripts/test.mjs [--jobs N] [suite or file …] [-- mocha options]`. A suite is a folder of test/; without one all of
// them run, `editor` inside a real editor's extension host, `ui` on its window in a browser, the others in Node, side by side.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provideChromium, provideNeovim } from "./programs.mjs";
import { setUp, setUpEditorHost } from "./set-up.mjs";
import { readArguments } from "./test/arguments.mjs";
import { Counts } from "./test/counts.mjs";
import { runInEditor } from "./test/editor-suite.mjs";
import { lanesOf } from "./test/lanes.mjs";
import { runInNode } from "./test/node-suites.mjs";
import { selectFiles } from "./test/selection.mjs";
import { allSuites, filesOf, suiteOf } from "./test/suites.mjs";
import { runInWindow } from "./test/ui-suite.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const buildName = process.env.TEST_BUILD ?? ".test-build";
const dist = process.env.DIST ?? join(root, "dist");
const { names, jobs, options } = readArguments(process.argv.slice(2));

/** The editor that test/vscode-host provides is of this platform only. Elsewhere `npm run test:desktop` runs test/editor. */
const hasEditor = process.platform === "linux" && process.arch === "x64";
const files = selectedFiles();
process.chdir(root);
const ofSuite = (suite) => files.filter((file) => suiteOf(file) === suite);
const [ofEditor, ofWindow] = [ofSuite("editor"), ofSuite("ui")];
const inNode = files.filter((file) => !isOfEditor(file));
setUp({ build: process.env.DIST === undefined, declarations: true });
if (files.some((file) => file.includes("neovim"))) provideNeovim();
if (inNode.length < files.length) {
  setUpEditorHost();
  process.env.CHROMIUM = provideChromium();
}

const counts = new Counts(join(root, buildName, "counts"));
/** What tests in any process find their way by. */
const environment = { DIST: dist, TEST_REPOSITORY: root, TEST_REPORTER: join(root, "scripts/test-reporter.cjs") };
const part = (name) => ({ root, dist, options, environment, counts, build: join(buildName, name) });
if (inNode.length > 0) await runInNode({ ...part("node"), lanes: lanesOf(inNode), jobs, timeout: 60_000 });
if (ofEditor.length > 0) await runInEditor({ ...part("editor"), files: ofEditor, timeout: 60_000 });
if (ofWindow.length > 0) await runInWindow({ ...part("ui"), files: ofWindow, timeout: 120_000 });
process.exit(counts.finish());

function selectedFiles() {
  const all = filesOf(root, allSuites(root), ".test.ts");
  try {
    const selected = selectFiles(root, names, all);
    if (hasEditor || !selected.some(isOfEditor)) return selected;
    console.error("The suites editor and ui need Linux on x64. `npm run test:desktop` runs the suite editor in a VS Code of this machine.");
    if (names.length === 0) return selected.filter((file) => !isOfEditor(file));
  } catch (error) {
    console.error(error.message);
  }
  return process.exit(1);
}

function isOfEditor(file) {
  return ["editor", "ui"].includes(suiteOf(file));
}
