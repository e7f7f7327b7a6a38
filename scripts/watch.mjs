// Runs tests whenever something changes that they depend on: `npm run watch -- [--jobs N] [suite or file …] [-- mocha options]`. What is
// named runs at once, too; without a name, the files of all suites that run in Node wait for a change that concerns them.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUp } from "./set-up.mjs";
import { readArguments } from "./test/arguments.mjs";
import { selectFiles } from "./test/selection.mjs";
import { allSuites, filesOf } from "./test/suites.mjs";
import { WatchedFolders } from "./test/watched-folders.mjs";
import { WatchedTests } from "./test/watched-tests.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const { names, jobs, options } = readArguments(process.argv.slice(2));
const files = selectedFiles();
process.chdir(root);
setUp({ build: false });

const dist = process.env.DIST ?? join(root, "dist");
const environment = { DIST: dist, TEST_REPOSITORY: root, TEST_REPORTER: join(root, "scripts/test-reporter.cjs") };
const build = process.env.TEST_BUILD ?? ".test-build";
const tests = new WatchedTests({ root, build, jobs, options, environment, timeout: 60_000, select: selectedFiles });
const folders = new WatchedFolders(root, ["server", "client", "test", "docs", "sample-tasks"]);
folders.on("change", (paths) => tests.change(paths));
process.once("SIGINT", () => {
  folders.close();
  void tests.stop();
});
await tests.run(names.length > 0 ? files : []);

function selectedFiles() {
  try {
    const suites = allSuites(root).filter((suite) => suite !== "editor" && suite !== "ui");
    return selectFiles(root, names, filesOf(root, suites, ".test.ts"));
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}
