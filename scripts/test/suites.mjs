import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders of test/ that hold no tests of their own. */
const NO_SUITES = new Set(["support", "vscode-host"]);

export function allSuites(root) {
  return readdirSync(join(root, "test"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NO_SUITES.has(entry.name))
    .map((entry) => entry.name);
}

/** Relative to the root. */
export function filesOf(root, suites, ending) {
  return suites.flatMap((name) => {
    const directory = join(root, "test", name);
    if (!existsSync(directory)) throw new Error(`There is no suite test/${name}; there are ${allSuites(root).join(", ")}.`);
    return readdirSync(directory, { recursive: true })
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => join("test", name, file));
  });
}
