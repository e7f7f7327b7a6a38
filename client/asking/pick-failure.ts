import * as vscode from "vscode";
import type { FailureParams } from "../../server/protocol/runner-protocol.ts";
import { codeOf } from "../failures/failure-counts.ts";
import type { CommandContext } from "./command-context.ts";
import { targetOf } from "./command-target.ts";
import { type Choice, pick } from "./pick.ts";

/** Returns the failure that the argument names, or asks for one of those in the Problems view. @throws vscode.CancellationError */
export async function pickFailure(context: CommandContext, argument: unknown, placeHolder: string): Promise<FailureParams> {
  const { folder, task, action } = targetOf(argument, context);
  if (folder === undefined || task === undefined) return pickShownFailure(context, placeHolder);
  return { folder, task, action: action ?? failedActionOf(context, folder, task) };
}

/** Asks for one of the failures in the Problems view. @throws vscode.CancellationError */
export async function pickShownFailure({ runner }: CommandContext, placeHolder: string): Promise<FailureParams> {
  await runner.settled();
  return pick(shownFailures(), placeHolder, vscode.l10n.t("There are no failures."));
}

/** Returns the action that failed last, for a target that names only a task; empty if the task as a whole failed. */
function failedActionOf({ model }: CommandContext, folder: string, id: string): string {
  const task = model.folder(folder)?.task(id);
  const failed = task?.actions.filter(({ error }) => error !== undefined) ?? [];
  const meant = failed.find((action) => action.id === task?.currentAction) ?? (task?.error ? undefined : failed.at(-1));
  if (meant) return meant.id;
  if (task?.error) return "";
  throw new Error(vscode.l10n.t("This failure no longer exists."));
}

/** Reads the failures from the data of our diagnostics. */
function shownFailures(): Choice<FailureParams>[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics.flatMap((diagnostic) => {
      const value = failureOf(diagnostic);
      if (!value) return [];
      const description = `${vscode.workspace.asRelativePath(uri)}:${diagnostic.range.start.line + 1}`;
      return [{ label: diagnostic.message.split("\n", 1)[0] ?? "", description, value }];
    }),
  );
}

/** Reads `data`, which the language client keeps on a diagnostic. */
function failureOf(diagnostic: vscode.Diagnostic & { readonly data?: unknown }): FailureParams | undefined {
  const { data } = diagnostic;
  if (codeOf(diagnostic) === undefined || typeof data !== "object" || data === null) return undefined;
  const { folder, task, action } = data as Partial<FailureParams>;
  return folder !== undefined && task !== undefined && action !== undefined ? { folder, task, action } : undefined;
}
