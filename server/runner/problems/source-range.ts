import type { Range } from "vscode-languageserver";

/**
 * The 0-based range from a 1-based position to the end of the text on its line. If the text has changed and no longer has this position:
 * its whole line, or the nearest one.
 */
export function rangeInText(text: string | undefined, { line, column }: { readonly line: number; readonly column: number }): Range {
  const lines = text?.split(/\r?\n/);
  if (!lines) return range(line - 1, column - 1, column);
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const written = (lines[index] ?? "").trimEnd();
  const indent = written.length - written.trimStart().length;
  const start = index === line - 1 && column - 1 < written.length ? Math.max(column - 1, indent) : indent;
  return range(index, start, Math.max(written.length, start));
}

function range(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
