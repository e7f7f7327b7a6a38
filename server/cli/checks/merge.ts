import type { Diagnostic } from "../diagnostic.ts";
import type { StaticDiagnostic } from "./static-check.ts";

/**
 * Combines diagnostics of executing and of reading the task files, without duplicates. Execution takes precedence: it is what a tick would
 * meet.
 */
export function mergeDiagnostics(executed: readonly Diagnostic[], read: readonly StaticDiagnostic[]): readonly Diagnostic[] {
  const others = read.filter((finding) => !executed.some((shown) => isSame(shown, finding)));
  return [...executed, ...others.map(({ owner: _owner, ...diagnostic }) => diagnostic)];
}

function isSame(shown: Diagnostic, found: StaticDiagnostic): boolean {
  if (shown.file !== found.file) return false;
  if (shown.line === found.line) return shown.code === found.code || shown.code === "file-does-not-load";
  // A class that could not be constructed, and the constructor at fault.
  return shown.code === "class-not-usable" && found.code === "constructor-not-callable" && shown.line === found.owner?.nameLine;
}
