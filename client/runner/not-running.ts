import * as vscode from "vscode";

/** Shown when a command needs the runner and it is not running. */
export function notRunning(): string {
  return vscode.l10n.t("The runner is not running. Start it with the command Background Tasks: Restart Runner.");
}
