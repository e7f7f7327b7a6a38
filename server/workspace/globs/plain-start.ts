import { isAbsolute } from "node:path";

/**
 * Splits off the directories with which a glob begins and that need no search; they may lead out of the workspace folder:
 * `../shared/*.task.ts`.
 */
export function withoutPlainStart(glob: string): { readonly directory: string; readonly rest: string } {
  const names = trimmedGlob(glob).split("/");
  const index = names.findIndex((name, at) => at === names.length - 1 || /[\\*?[\]{}()]/.test(name));
  const start = names.slice(0, index).join("/");
  return { directory: isAbsolute(glob) ? `${start}/` : start, rest: names.slice(index).join("/") };
}

/** Without what means nothing: `./` at its start and `/` at its end. */
export function trimmedGlob(glob: string): string {
  return glob.replace(/^(?:\.\/+)+/, "").replace(/(?<=[^/])\/$/, "");
}
