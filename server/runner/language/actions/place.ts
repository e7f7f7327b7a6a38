import type { Range } from "vscode-languageserver";
import { comparePositions, containsPosition } from "../../../language/text/position.ts";

/** Whether something is shown where a person asks: in the range, or beginning on one of its lines, wherever in the line the cursor is. */
export function isAskedFor(shown: Range, asked: Range): boolean {
  const begins = asked.start.line <= shown.start.line && shown.start.line <= asked.end.line;
  return begins || (comparePositions(shown.start, asked.end) <= 0 && comparePositions(asked.start, shown.end) <= 0);
}

export function isInside(inner: Range, outer: Range): boolean {
  return containsPosition(outer, inner.start) && containsPosition(outer, inner.end);
}
