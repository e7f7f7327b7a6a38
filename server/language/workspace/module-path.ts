import { dirname, join, resolve } from "node:path";

const ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** The files that a relative import may refer to, in the order in which bundlers and TypeScript look for them. */
export function candidates(importingFile: string, specifier: string): string[] {
  const path = resolve(dirname(importingFile), specifier);
  return [
    ...(/\.[mc]?[jt]s$/.test(path) ? [path] : []),
    // `./rows.js` may refer to `./rows.ts`, which it is compiled from.
    ...(/\.[mc]?js$/.test(path) ? [path.replace(/\.([mc]?)js$/, ".$1ts")] : []),
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((ending) => join(path, `index${ending}`)),
  ];
}

export function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..";
}
