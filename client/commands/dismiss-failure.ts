import * as vscode from "vscode";
import type { DismissFailureParams } from "../../server/protocol/runner-protocol.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { pickShownFailure } from "../asking/pick-failure.ts";

/**
 * Takes a failure out of the Problems view and the counts, although nothing about it has changed; of a task without more said everything
 * that failed of it.
 */
export async function dismissFailure(context: CommandContext, argument: unknown): Promise<void> {
  const { folder, task, action } = targetOf(argument, context);
  const failure: DismissFailureParams =
    folder === undefined || task === undefined
      ? await pickShownFailure(context, vscode.l10n.t("Select a failure to dismiss"))
      : { folder, task, ...(action !== undefined && { action }) };
  await context.runner.request("dismissFailure", failure);
}
