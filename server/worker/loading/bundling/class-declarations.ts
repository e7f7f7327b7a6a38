import type { ClassDeclaration } from "../bundle.ts";

const DECLARATION =
  /^[ \t]*(?:@.*[ \t])?(?:export[ \t]+)?(?:default[ \t]+)?(?:abstract[ \t]+)?class[ \t]+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

/**
 * Finds the classes declared in a source by scanning its lines: there is no parser, so text that looks like a declaration counts as one.
 */
export function classDeclarations(file: string, text: string): ClassDeclaration[] {
  return [...text.matchAll(DECLARATION)].map((match) => ({
    name: match[1] ?? "",
    file,
    line: text.slice(0, match.index).split("\n").length,
  }));
}
