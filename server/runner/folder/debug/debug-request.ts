import type { DebugTarget } from "../../../protocol/debug-target.ts";
import type { FoundNode } from "../../node/node-search.ts";

/** Debuggers start Node by its path alone, but Electron only acts as Node with environment variables that they remove. */
export function debugRequestFor({ env = {} }: FoundNode): DebugTarget["request"] {
  return Object.keys(env).length > 0 ? "attach" : "launch";
}
