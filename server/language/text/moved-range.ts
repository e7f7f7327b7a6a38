import { comparePositions, type Position, type Range } from "./position.ts";
import type { TextEdit } from "./text-edit.ts";

/** Returns the position of a range after an edit of its text. Text inserted in its place, or at its ends, does not become part of it. */
export function movedRange({ start, end }: Range, edit: TextEdit): Range {
  const movedStart = movedPosition(start, edit);
  if (comparePositions(start, end) === 0) return { start: movedStart, end: movedStart };
  const movedEnd = endOf();
  return { start: movedStart, end: comparePositions(movedEnd, movedStart) < 0 ? movedStart : movedEnd };

  function endOf(): Position {
    if (comparePositions(end, edit.range.start) <= 0) return end;
    return comparePositions(end, edit.range.end) <= 0 ? edit.range.start : movedPosition(end, edit);
  }
}

function movedPosition(position: Position, { range, newText }: TextEdit): Position {
  if (comparePositions(position, range.start) < 0) return position;
  const written = newText.split(/\r\n|\n|\r/);
  const last = written.at(-1) ?? "";
  const endOfText = {
    line: range.start.line + written.length - 1,
    character: written.length === 1 ? range.start.character + last.length : last.length,
  };
  // The text here was deleted.
  if (comparePositions(position, range.end) < 0) return endOfText;
  return {
    line: endOfText.line + position.line - range.end.line,
    character: position.line === range.end.line ? endOfText.character + position.character - range.end.character : position.character,
  };
}
