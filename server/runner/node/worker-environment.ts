import { delimiter, dirname } from "node:path";
import type { FoundNode } from "./node-search.ts";

/**
 * The environment of user code: this process's own, without the variables that make an editor's binary act as Node, unless that is used.
 */
export function environmentFor(node: FoundNode, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _editors, ...env } = own;
  if (node.env) return { ...env, ...node.env };
  if (node.source !== "login-shell") return env;
  // Programs installed beside this Node by a version manager (npm, npx) are on the PATH of the user's terminals too.
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [key]: [dirname(node.path), env[key]].filter(Boolean).join(delimiter) };
}
