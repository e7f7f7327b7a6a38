import * as vscode from "vscode";

/** What people are told who ask for something that only the runner can do. */
export function notRunning(): string {
  return vscode.l10n.t("The runner is not running. Start it with the command Background Tasks: Restart Runner.");
}
