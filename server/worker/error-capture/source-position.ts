/** A position in the user's own sources: absolute path, line and column 1-based. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
