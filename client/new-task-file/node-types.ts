import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ancestors } from "./project.ts";

/**
 * True if the nearest tsconfig.json is certain to provide the types of Node's modules to the task files of a folder; since TypeScript 6
 * they are not included by default. False in doubt: a file may reference them again without harm.
 */
export function namesNodeTypes(folder: string): boolean {
  const directory = ancestors(folder).find((place) => existsSync(join(place, "tsconfig.json")));
  if (directory === undefined) return false;
  const text = readFileSync(join(directory, "tsconfig.json"), "utf8");
  return /"types"\s*:\s*\[[^\]]*"node"/.test(text) && isCovered(text, directory === folder);
}

function isCovered(text: string, isOwn: boolean): boolean {
  if (!/"(?:include|files)"\s*:/.test(text)) return true;
  return isOwn ? /"(?:\*\*\/)?\*\.(?:task\.)?ts"/.test(text) : /"\*\*\/\*(?:\.task)?\.ts"/.test(text);
}
