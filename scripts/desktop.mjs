// `npm run test:desktop`: test/editor in the extension host of a desktop VS Code, which is downloaded unless VSCODE_EXECUTABLE names one;
// VSCODE_VERSION chooses another one than the newest stable. `npm run test:desktop -- --grep x` runs some of the tests.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runTests } from "@vscode/test-electron";
import { bundle } from "./bundle.mjs";
import { developmentExtension } from "./editor-host/development-extension.mjs";
import { setUp } from "./set-up.mjs";
import { buildEditorTests } from "./test/editor-suite.mjs";
import { mochaOptions } from "./test/mocha-options.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
process.chdir(root);
const dist = process.env.DIST ?? join(root, "dist");
const build = join(root, process.env.TEST_BUILD ?? ".test-build", "desktop");
setUp({ build: process.env.DIST === undefined, declarations: true });
const extensionTestsPath = await buildEditorTests(root, build);
await bundle(root, join(build, "driver"), ["scripts/editor-host/desktop-files.ts"]);
const { DataDirectory, WorkspaceFolder } = await import(pathToFileURL(join(build, "driver/desktop-files.js")));
const [data, folder] = await Promise.all([DataDirectory.create(), WorkspaceFolder.ofSamples()]);
const { VSCODE_EXECUTABLE, VSCODE_VERSION } = process.env;
try {
  await runTests({
    ...(VSCODE_EXECUTABLE ? { vscodeExecutablePath: VSCODE_EXECUTABLE } : { version: VSCODE_VERSION ?? "stable" }),
    extensionDevelopmentPath: developmentExtension(root, dist, join(build, "extension")),
    extensionTestsPath,
    extensionTestsEnv: {
      DIST: dist,
      TEST_REPOSITORY: root,
      TEST_REPORTER: join(root, "scripts/test-reporter.cjs"),
      TEST_MOCHA_OPTIONS: JSON.stringify(mochaOptions(60_000, process.argv.slice(2))),
    },
    launchArgs: [
      folder.directory,
      "--user-data-dir",
      data.desktop,
      "--extensions-dir",
      join(data.path, "extensions"),
      "--disable-workspace-trust",
    ],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await Promise.all([data.remove(), folder.remove()]);
  await rm(build, { recursive: true, force: true });
}
