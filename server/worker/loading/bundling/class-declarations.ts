import type { ClassDeclaration } from "../bundle.ts";

const DECLARATION =
  /^[ \t]*(?:@.*[ \t])?(?:export[ \t]+)?(?:default[ \t]+)?(?:abstract[ \t]+)?class[ \t]+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

/** The classes declared in a source, as far as a glance at its lines tells: no parser, so a text that looks like one is taken for one. */
export function classDeclarations(file: string, text: string): ClassDeclaration[] {
  return [...text.matchAll(DECLARATION)].map((match) => ({
    name: match[1] ?? "",
    file,
    line: text.slice(0, match.index).split("\n").length,
  }));
}
