import * as vscode from "vscode";
import { messageOf } from "../../server/words/message-of.ts";
import { errorCode } from "../runner/error-code.ts";
import type { CommandContext } from "./command-context.ts";

/** A remedy for a failed command, offered as a button. */
interface WayOut {
  readonly title: string;
  readonly command: string;
}

/** Shows why a command failed, and the way out. Stacks go to the output channel only. */
export async function showError(error: unknown, { model, runner, log }: CommandContext): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  const message = messageOf(error);
  log.error(error instanceof Error && errorCode(error) === undefined ? error : message);
  const [firstLine = message] = message.split("\n");
  const ways = waysOut(
    errorCode(error),
    runner.state.kind === "stopped",
    model.folders.some(({ state }) => state.node.problem !== undefined),
  );
  const chosen = await vscode.window.showErrorMessage(firstLine, ...ways);
  if (chosen) await vscode.commands.executeCommand(chosen.command);
}

function waysOut(code: string | undefined, isStopped: boolean, hasNoNode: boolean): WayOut[] {
  const output = { title: vscode.l10n.t("Show Output"), command: "backgroundTasks.showOutput" };
  if (isStopped) return [{ title: vscode.l10n.t("Restart Runner"), command: "backgroundTasks.restartRunner" }, output];
  if (hasNoNode) return [{ title: vscode.l10n.t("Select Node…"), command: "backgroundTasks.selectNode" }];
  return code === "input" ? [] : [output];
}
