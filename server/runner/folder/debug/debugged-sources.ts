import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { DebugLaunch } from "../../../protocol/runner-protocol.ts";
import { cacheDirectory } from "../../../workspace/index.ts";

/**
 * js-debug recognizes Node's internals by the names of old Node versions. Without patterns for current ones it hides the others step by
 * step, which takes seconds, instead of letting V8 skip them.
 */
const NODES_OWN = ["<node_internals>/**", "node:*", "node:*/**"];

/** Which files lead a debugger to the user's sources, and which ones to skip. */
export function debuggedSources(workspace: string): Pick<DebugLaunch, "outFiles" | "skipFiles"> {
  const engine = dirname(fileURLToPath(import.meta.url));
  return {
    outFiles: [`${asPattern(cacheDirectory(workspace))}/**/*.mjs`],
    skipFiles: [...NODES_OWN, `${asPattern(engine)}/**`, "**/node_modules/background-task-ex/**"],
  };
}

function asPattern(path: string): string {
  return path.split(sep).join("/");
}
