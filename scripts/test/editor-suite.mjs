import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../bundle.mjs";
import { developmentExtension } from "../editor-host/development-extension.mjs";
import { mochaOptions } from "./mocha-options.mjs";
import { filesOf } from "./suites.mjs";

/** Builds the one module that an extension host runs: `run()` of files of test/editor. Returns its path. */
export async function buildEditorTests(root, directory, files = filesOf(root, ["editor"], ".test.ts")) {
  const imports = files.map((file) => `() => import("./${file}")`);
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

/** Runs files of test/editor in the extension host of the real editor that test/vscode-host provides. */
export async function runInEditor({ root, build, dist, files, timeout, options, environment, counts }) {
  const directory = join(root, build);
  const tests = await buildEditorTests(root, directory, files);
  await bundle(root, join(directory, "driver"), ["scripts/editor-host/run-editor-tests.ts"]);
  const { runEditorTests } = await import(pathToFileURL(join(directory, "driver/run-editor-tests.js")));
  const isFine = await runEditorTests({
    tests,
    extension: developmentExtension(root, dist, join(directory, "extension")),
    failures: join(directory, "pictures"),
    environment: {
      ...environment,
      TEST_COUNTS: counts.file("editor"),
      TEST_MOCHA_OPTIONS: JSON.stringify(mochaOptions(timeout, options)),
    },
  });
  counts.include("editor", isFine);
}
