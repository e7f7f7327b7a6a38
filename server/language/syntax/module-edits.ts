import type { TextEdit } from "../text/text-edit.ts";
import type { ModuleSyntax } from "./module-syntax.ts";

/** Offsets refer to the unchanged text. */
export function insertion({ lines }: ModuleSyntax, offset: number, newText: string): TextEdit {
  return replacement({ lines }, offset, offset, newText);
}

export function replacement({ lines }: Pick<ModuleSyntax, "lines">, start: number, end: number, newText: string): TextEdit {
  return { range: lines.range(start, end), newText };
}
