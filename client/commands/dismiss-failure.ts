import * as vscode from "vscode";
import type { DismissFailureParams } from "../../server/protocol/runner-protocol.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { pickShownFailure } from "../asking/pick-failure.ts";

/**
 * Removes a failure from the Problems view and the counts without changing its task. For a target that names only a task, dismisses all its
 * failures.
 */
export async function dismissFailure(context: CommandContext, argument: unknown): Promise<void> {
  const { folder, task, action } = targetOf(argument, context);
  const failure: DismissFailureParams =
    folder === undefined || task === undefined
      ? await pickShownFailure(context, vscode.l10n.t("Select a failure to dismiss"))
      : { folder, task, ...(action !== undefined && { action }) };
  await context.runner.request("dismissFailure", failure);
}
