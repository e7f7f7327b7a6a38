/** 0-based line and character; a character is a UTF-16 code unit, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` to just before `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Just behind the last character counts: there editors ask for what stands before. */
export function containsPosition({ start, end }: Range, position: Position): boolean {
  return comparePositions(start, position) <= 0 && comparePositions(position, end) <= 0;
}

/** Below 0: the first one comes before the other. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
