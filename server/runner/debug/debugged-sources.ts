import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { DebugLaunch } from "../../protocol/runner-protocol.ts";
import { cacheDirectory } from "../../workspace/index.ts";

/** Which files lead a debugger to the user's sources, and which are none of them. */
export function debuggedSources(workspace: string): Pick<DebugLaunch, "outFiles" | "skipFiles"> {
  const engine = dirname(fileURLToPath(import.meta.url));
  return {
    outFiles: [`${asPattern(cacheDirectory(workspace))}/**/*.mjs`],
    skipFiles: ["<node_internals>/**", `${asPattern(engine)}/**`, "**/node_modules/background-task-ex/**"],
  };
}

function asPattern(path: string): string {
  return path.split(sep).join("/");
}
