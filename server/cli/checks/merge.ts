import type { Diagnostic } from "../diagnostic.ts";
import type { StaticDiagnostic } from "./static-check.ts";

/**
 * What executing the task files showed, and of what reading them showed all that is not the same thing once more. What was executed
 * is the authority: it is what a tick would meet.
 */
export function mergeDiagnostics(executed: readonly Diagnostic[], read: readonly StaticDiagnostic[]): readonly Diagnostic[] {
  const others = read.filter((finding) => !executed.some((shown) => isSame(shown, finding)));
  return [...executed, ...others.map(({ owner: _owner, ...diagnostic }) => diagnostic)];
}

function isSame(shown: Diagnostic, found: StaticDiagnostic): boolean {
  if (shown.file !== found.file) return false;
  if (shown.line === found.line) return shown.code === found.code || shown.code === "file-does-not-load";
  // A class that could not be made, and the constructor because of which it could not.
  return shown.code === "class-not-usable" && found.code === "constructor-not-callable" && shown.line === found.owner?.nameLine;
}
