import type { Diagnostic } from "../diagnostic.ts";

/** The output of `check --json`. */
export interface DiagnosticsJson {
  readonly diagnostics: readonly Diagnostic[];
}

export function toDiagnosticsJson(diagnostics: readonly Diagnostic[]): DiagnosticsJson {
  return {
    diagnostics: diagnostics.map(({ file, line, column, severity, code, message }) => ({ file, line, column, severity, code, message })),
  };
}
