// `npm run editor [-- folder]`: the real editor with the extension installed, in a browser, for machines without a desktop editor. Opens
// sample-tasks where no folder is named.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { packageExtension } from "./package.mjs";
import { setUp, setUpEditorHost } from "./set-up.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "sample-tasks"));
if (!existsSync(folder)) {
  console.error(`There is no ${folder}.`);
  process.exit(2);
}
if (process.platform !== "linux" || process.arch !== "x64") {
  console.error("The editor in a browser is for Linux on x64. Elsewhere: `npm run package`, then install the .vsix in VS Code.");
  process.exit(1);
}
process.chdir(root);
setUp({ build: process.env.DIST === undefined, declarations: true });
setUpEditorHost();

// Beside the modules that it needs.
const directory = mkdtempSync(join(root, ".test-build-editor-"));
process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
await bundle(root, join(directory, "driver"), ["scripts/editor-host/run-editor.ts"]);
const { runEditor } = await import(pathToFileURL(join(directory, "driver/run-editor.js")));
const vsix = await packageExtension({ out: join(directory, "background-tasks.vsix") });
await runEditor(vsix, folder);
process.exit(0);
