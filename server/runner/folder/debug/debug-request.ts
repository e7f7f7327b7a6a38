import type { DebugTarget } from "../../../protocol/debug-target.ts";
import type { FoundNode } from "../../node/node-search.ts";

/** Debuggers start a Node by its path alone; Electron is one only by its environment, which they take away. */
export function debugRequestFor({ env = {} }: FoundNode): DebugTarget["request"] {
  return Object.keys(env).length > 0 ? "attach" : "launch";
}
