import { pathToFileURL } from "node:url";

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
