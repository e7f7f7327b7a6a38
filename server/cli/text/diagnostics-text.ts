import type { Diagnostic } from "../diagnostic.ts";
import { formatPosition } from "./error-text.ts";
import { counted, oneMessageLine } from "./plain.ts";
import type { Style } from "./style.ts";

/** Formats `file:line:column: severity: message [code]`, like compilers, for editors and CI systems to parse. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], style: Style): string[] {
  const { colors } = style;
  const severities = { error: colors.red, warning: colors.yellow, information: colors.cyan };
  return diagnostics.map((diagnostic) => {
    const severity = severities[diagnostic.severity](diagnostic.severity);
    return `${formatPosition(diagnostic, style.directory)}: ${severity}: ${oneMessageLine(diagnostic.message)} ${colors.dim(`[${diagnostic.code}]`)}`;
  });
}

export function summarizeDiagnostics(diagnostics: readonly Diagnostic[], files: number): string {
  const count = (severity: Diagnostic["severity"]) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return `${counted(files, "task file")} checked: ${counted(count("error"), "error")}, ${counted(count("warning"), "warning")}.`;
}
