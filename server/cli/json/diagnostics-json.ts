import type { Diagnostic } from "../diagnostic.ts";

/** What `check --json` prints. */
export interface DiagnosticsJson {
  readonly diagnostics: readonly Diagnostic[];
}

export function toDiagnosticsJson(diagnostics: readonly Diagnostic[]): DiagnosticsJson {
  return {
    diagnostics: diagnostics.map(({ file, line, column, severity, code, message }) => ({ file, line, column, severity, code, message })),
  };
}
