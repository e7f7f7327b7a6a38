import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../bundle.mjs";
import { developmentExtension } from "../editor-host/development-extension.mjs";
import { mochaOptions } from "./mocha-options.mjs";
import { filesOf } from "./suites.mjs";

/** Builds the one module that an extension host runs: `run()` of all files of test/editor. Returns its path. */
export async function buildEditorTests(root, directory) {
  const imports = filesOf(root, ["editor"], ".test.ts").map((file) => `() => import("./${file.replaceAll("\\", "/")}")`);
  await bundle(root, directory, undefined, {
    stdin: {
      contents: `import { runMocha } from "./test/editor/support/run-mocha.ts";
export const run = () => runMocha([${imports.join(", ")}]);`,
      resolveDir: root,
      sourcefile: "editor-tests.ts",
    },
    outdir: undefined,
    outfile: join(directory, "editor-tests.cjs"),
    splitting: false,
    format: "cjs",
    external: ["vscode"],
  });
  return join(directory, "editor-tests.cjs");
}

/** Runs test/editor in the extension host of the real editor that test/vscode-host provides. Returns whether all passed. */
export async function runInEditor({ root, build, dist, timeout, options, environment }) {
  const directory = join(root, build);
  const tests = await buildEditorTests(root, directory);
  await bundle(root, join(directory, "driver"), ["scripts/editor-host/run-editor-tests.ts"]);
  const { runEditorTests } = await import(pathToFileURL(join(directory, "driver/run-editor-tests.js")));
  return runEditorTests({
    tests,
    extension: developmentExtension(root, dist, join(directory, "extension")),
    failures: join(directory, "pictures"),
    environment: { ...environment, TEST_MOCHA_OPTIONS: JSON.stringify(mochaOptions(timeout, options)) },
  });
}
