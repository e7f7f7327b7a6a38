import { relative, sep } from "node:path";
import { digest } from "../facts.ts";

/**
 * The name of a task file's module in the bundle, without its extension: its path in the workspace, in characters that are safe in URLs.
 */
export function moduleName(workspace: string, file: string): string {
  const path = relative(workspace, file).split(sep).join("/");
  const safe = path
    .split("/")
    .map((part) => (part === ".." ? "_" : part.replace(/[^\w.-]/g, "_")))
    .join("/");
  return safe === path ? path : `${safe}-${digest(path).replace(/\W/g, "").slice(0, 8)}`;
}
