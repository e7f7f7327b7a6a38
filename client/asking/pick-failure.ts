import * as vscode from "vscode";
import type { FailureParams } from "../../server/protocol/runner-protocol.ts";
import { codeOf } from "../failures/failure-counts.ts";
import type { CommandContext } from "./command-context.ts";
import { targetOf } from "./command-target.ts";
import { type Choice, pick } from "./pick.ts";

/** The failure that is meant: named, or asked for among those that are shown. @throws vscode.CancellationError */
export async function pickFailure(context: CommandContext, argument: unknown, placeHolder: string): Promise<FailureParams> {
  const { folder, task, action } = targetOf(argument, context);
  if (folder === undefined || task === undefined) return pickShownFailure(context, placeHolder);
  return { folder, task, action: action ?? failedActionOf(context, folder, task) };
}

/** One of those that are shown. @throws vscode.CancellationError */
export async function pickShownFailure({ runner }: CommandContext, placeHolder: string): Promise<FailureParams> {
  await runner.settled();
  return pick(shownFailures(), placeHolder, vscode.l10n.t("There are no failures."));
}

/** Of a task without more said, what failed last of it; empty where that is the task as a whole. */
function failedActionOf({ model }: CommandContext, folder: string, id: string): string {
  const task = model.folder(folder)?.task(id);
  const failed = task?.actions.filter(({ error }) => error !== undefined) ?? [];
  const meant = failed.find((action) => action.id === task?.currentAction) ?? (task?.error ? undefined : failed.at(-1));
  if (meant) return meant.id;
  if (task?.error) return "";
  throw new Error(vscode.l10n.t("This failure no longer exists."));
}

/** Every failure that is shown knows what it is of. */
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

/** The language client keeps what a diagnostic carries. */
function failureOf(diagnostic: vscode.Diagnostic & { readonly data?: unknown }): FailureParams | undefined {
  const { data } = diagnostic;
  if (codeOf(diagnostic) === undefined || typeof data !== "object" || data === null) return undefined;
  const { folder, task, action } = data as Partial<FailureParams>;
  return folder !== undefined && task !== undefined && action !== undefined ? { folder, task, action } : undefined;
}
