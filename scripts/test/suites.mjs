import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders of test/ that hold no tests of their own. */
const NO_SUITES = new Set(["support", "vscode-host"]);

export function allSuites(root) {
  return readdirSync(join(root, "test"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_SUITES.has(entry.name))
    .map((entry) => entry.name);
}

/** Paths relative to the root, with `/` between their parts. */
export function filesOf(root, suites, ending) {
  return suites.flatMap((name) => {
    const directory = join(root, "test", name);
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { recursive: true })
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => `test/${name}/${file.replaceAll("\\", "/")}`);
  });
}

/** Of a file of test/. */
export function suiteOf(file) {
  return file.split("/")[1];
}
