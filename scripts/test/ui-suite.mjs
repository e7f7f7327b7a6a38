import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../bundle.mjs";
import { packageExtension } from "../package.mjs";
import { runInNode } from "./node-suites.mjs";

/** Packs the extension, installs it for an editor, and runs files of test/ui on that editor's window. */
export async function runInWindow(options) {
  const { root, build, files, environment } = options;
  const directory = join(root, build);
  const extensions = join(directory, "extensions");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await installPacked(root, directory, extensions);
  await runInNode({
    ...options,
    build: join(build, "tests"),
    lanes: { sideBySide: [], alone: [{ name: "ui", files }] },
    jobs: 1,
    environment: { ...environment, TEST_EXTENSIONS: extensions, TEST_PICTURES: join(directory, "pictures") },
  });
}

async function installPacked(root, directory, extensions) {
  const vsix = await packageExtension({ out: join(directory, "background-tasks.vsix") });
  await bundle(root, join(directory, "driver"), ["scripts/editor-host/host-files.ts"]);
  const { installExtension } = await import(pathToFileURL(join(directory, "driver/host-files.js")));
  await installExtension(vsix, extensions, join(directory, "installer"));
}
