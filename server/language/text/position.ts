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

/** Below 0: the first one comes before the other. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
