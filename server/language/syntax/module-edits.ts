import type { TextEdit } from "../text/text-edit.ts";
import type { ModuleSyntax } from "./module-syntax.ts";

/** Offsets are those of the text as it is. */
export function insertion({ lines }: ModuleSyntax, offset: number, newText: string): TextEdit {
  return replacement({ lines }, offset, offset, newText);
}

export function replacement({ lines }: Pick<ModuleSyntax, "lines">, start: number, end: number, newText: string): TextEdit {
  return { range: lines.range(start, end), newText };
}
