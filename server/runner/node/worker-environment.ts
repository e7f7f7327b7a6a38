import { delimiter, dirname } from "node:path";
import type { FoundNode } from "./node-search.ts";

/** The environment of user code: this process's own, without what makes an editor's binary a Node unless just that is used. */
export function environmentFor(node: FoundNode, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _editors, ...env } = own;
  if (node.env) return { ...env, ...node.env };
  if (node.source !== "login-shell") return env;
  // What a version manager has put beside this Node (npm, npx) is on the PATH of the person's terminals, too.
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [key]: [dirname(node.path), env[key]].filter(Boolean).join(delimiter) };
}
