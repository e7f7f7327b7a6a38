import type { Range } from "vscode-languageserver";

/**
 * From a 1-based position to the end of what is written on its line, as a 0-based range. Where the text has changed since and has no such
 * position any more: its whole line, or the nearest one.
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
