export type Severity = "error" | "warning" | "information";

/** A finding of `check`. */
export interface Diagnostic {
  /** Absolute path. */
  readonly file: string;
  /** 1-based; the first character of the file if no position is known. */
  readonly line: number;
  readonly column: number;
  readonly severity: Severity;
  /** Stable, for filters and suppressions. */
  readonly code: string;
  readonly message: string;
}

/** By file and position. */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
