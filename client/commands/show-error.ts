import * as vscode from "vscode";
import type { CommandContext } from "./command-context.ts";

/** Ways out of a failed command, offered as buttons. */
interface WayOut {
  readonly title: string;
  readonly command: string;
}

/** Tells a person why a command did not do what it says, and the way out. Whole stacks go to the output only. */
export async function showError(error: unknown, { model, runner, log }: CommandContext): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  const message = error instanceof Error ? error.message : String(error);
  log.error(error instanceof Error && codeOf(error) === undefined ? error : message);
  const [firstLine = message] = message.split("\n");
  const ways = waysOut(
    codeOf(error),
    runner.state.kind === "stopped",
    model.folders.some(({ state }) => state.node.problem !== undefined),
  );
  const chosen = await vscode.window.showErrorMessage(firstLine, ...ways);
  if (chosen) await vscode.commands.executeCommand(chosen.command);
}

/** What the runner says of its error's kind. */
function codeOf(error: unknown): string | undefined {
  const data: unknown = error instanceof Error && "data" in error ? error.data : undefined;
  return typeof data === "object" && data !== null && "code" in data ? String(data.code) : undefined;
}

function waysOut(code: string | undefined, isStopped: boolean, hasNoNode: boolean): WayOut[] {
  const output = { title: vscode.l10n.t("Show Output"), command: "backgroundTasks.showOutput" };
  if (isStopped) return [{ title: vscode.l10n.t("Restart Runner"), command: "backgroundTasks.restartRunner" }, output];
  if (hasNoNode) return [{ title: vscode.l10n.t("Choose Node…"), command: "backgroundTasks.selectNode" }];
  return code === "input" ? [] : [output];
}
