import type { Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { movedRange } from "../../language/text/moved-range.ts";
import { differenceTo } from "../documents/difference.ts";

/** Where a range of one version of a text is in another one, when the edits between them are unknown. If its line may be either of several, it is one of them. */
export function rangeInVersion(range: Range, then: string, now: string): Range {
  if (then === now) return range;
  const { start, end } = range;
  const line = start.line === end.line ? lineNow(then, start.line, now) : undefined;
  if (line === undefined) return movedRange(range, differenceTo(TextDocument.create("", "", 0, then), now));
  const indented = indentOf(linesOf(now)[line]) - indentOf(linesOf(then)[start.line]);
  return {
    start: { line, character: Math.max(0, start.character + indented) },
    end: { line, character: Math.max(0, end.character + indented) },
  };
}

/**
 * The current 0-based line of an earlier line of a text; `undefined` if it is gone or ambiguous. Only the text around the edits is certain:
 * a line between them is identified by its own text.
 */
export function lineNow(then: string, line: number, now: string): number | undefined {
  const [before, after] = [linesOf(then), linesOf(now)];
  const text = before[line]?.trim();
  if (text === undefined || text === "") return undefined;
  const same = (a: number, b: number) => before[a] === after[b];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && same(head, head)) head++;
  let tail = 0;
  while (tail < most && same(before.length - 1 - tail, after.length - 1 - tail)) tail++;
  // If a similar line was added or removed beside it, the unchanged ends overlap, and it may be either.
  const shift = after.length - before.length;
  if (line < head) return shift === 0 || line < most - tail ? line : undefined;
  if (line >= before.length - tail) return Math.min(line, line + shift) >= head ? line + shift : undefined;
  const like = (lines: readonly string[], length: number) =>
    lines.flatMap((candidate, index) => (index >= head && index < length - tail && candidate.trim() === text ? [index] : []));
  const [found, ...others] = like(after, after.length);
  return found !== undefined && others.length === 0 && like(before, before.length).length === 1 ? found : undefined;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

function indentOf(line = ""): number {
  return line.length - line.trimStart().length;
}
