/** Current failures of all folders, without dismissed ones. */
export interface FailureCounts {
  /** Not retried automatically. */
  readonly failed: number;
  readonly willRetry: number;
}

/** The part of a diagnostic that counting needs. */
export interface CountedDiagnostic {
  readonly source?: string | undefined;
  readonly code?: string | number | { readonly value: string | number } | undefined;
}

const SOURCE = "background-tasks";

/** Returns the code of one of our diagnostics; `undefined` for those of others. */
export function codeOf({ source, code }: CountedDiagnostic): string | undefined {
  if (source !== SOURCE) return undefined;
  return String(typeof code === "object" ? code.value : code);
}

export function countFailures(diagnostics: Iterable<CountedDiagnostic>): FailureCounts {
  let failed = 0;
  let willRetry = 0;
  for (const diagnostic of diagnostics) {
    const code = codeOf(diagnostic);
    if (code === "action-failed") failed++;
    else if (code === "action-will-retry") willRetry++;
  }
  return { failed, willRetry };
}
