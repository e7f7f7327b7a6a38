import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ancestors } from "./project.ts";

/**
 * Whether the nearest tsconfig.json says for certain that the task files of a folder know the types of Node's modules; since TypeScript 6
 * they do not by themselves. In doubt it does not: a file that asks for them itself loses nothing.
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
