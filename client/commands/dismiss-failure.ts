import * as vscode from "vscode";
import { type FailureParams, requests } from "../../server/protocol/runner-protocol.ts";
import { codeOf } from "../failures/failure-counts.ts";
import type { CommandContext } from "./command-context.ts";
import { targetOf } from "./command-target.ts";
import { pick } from "./pick.ts";

/**
 * Takes a failure out of the Problems view and the counts, although nothing about it has changed; of a task without more said everything
 * that failed of it.
 */
export async function dismissFailure(context: CommandContext, argument: unknown): Promise<void> {
  const { folder, task, action } = targetOf(argument, context);
  const params =
    folder === undefined || task === undefined ? await pickFailure() : { folder, task, ...(action !== undefined && { action }) };
  await context.runner.request<null>(requests.dismissFailure, params);
}

/** Every failure that is shown knows what it is of. */
function pickFailure(): Promise<FailureParams> {
  const choices = vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics.flatMap((diagnostic) => {
      const value = failureOf(diagnostic);
      return value
        ? [
            {
              label: diagnostic.message.split("\n", 1)[0] ?? "",
              description: `${vscode.workspace.asRelativePath(uri)}:${diagnostic.range.start.line + 1}`,
              value,
            },
          ]
        : [];
    }),
  );
  return pick(choices, vscode.l10n.t("Dismiss which failure?"), vscode.l10n.t("No failure is shown."));
}

/** The language client keeps what a diagnostic carries. */
function failureOf(diagnostic: vscode.Diagnostic & { readonly data?: unknown }): FailureParams | undefined {
  const { data } = diagnostic;
  if (codeOf(diagnostic) === undefined || typeof data !== "object" || data === null) return undefined;
  const { folder, task, action } = data as Partial<FailureParams>;
  return folder !== undefined && task !== undefined && action !== undefined ? { folder, task, action } : undefined;
}
