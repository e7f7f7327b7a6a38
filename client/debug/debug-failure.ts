import * as vscode from "vscode";
import type { DebugFailureAnswer, FailureParams } from "../../server/protocol/runner-protocol.ts";
import { failureInWords } from "../../server/words/failure-words.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { pickFailure } from "../asking/pick-failure.ts";
import { showError } from "../asking/show-error.ts";
import { saveDocuments } from "../commands/save-documents.ts";
import type { DebugSessions } from "./debug-sessions.ts";
import type { RepeatConsent } from "./repeat-consent.ts";
import { repeatAttempt } from "./repeated-attempt.ts";

/** Repeats a failed attempt under the debugger. Resolves when the debugger has started, or when the user declines. */
export async function debugFailure(
  context: CommandContext,
  { sessions, consent }: { readonly sessions: DebugSessions; readonly consent: RepeatConsent },
  argument: unknown,
): Promise<void> {
  const failure = await pickFailure(context, argument, vscode.l10n.t("Select a failure to debug"));
  if (!(await consent.ask())) return;
  const folder = context.model.folder(failure.folder);
  if (folder) await saveDocuments(folder);
  const { name, answer } = await repeatAttempt(context.runner, sessions, failure);
  void answer.then(
    (came) => tell(name, came, failure),
    (error) => showError(error, context),
  );
}

async function tell(name: string, { outcome, error, triedAgain }: DebugFailureAnswer, { folder, task }: FailureParams): Promise<void> {
  const { t } = vscode.l10n;
  const inWords = error ? failureInWords(error) : "";
  switch (outcome) {
    case "stopped":
      return;
    case "failed-again":
      return void (await vscode.window.showInformationMessage(t("{0} failed again in the same way: {1}", name, inWords)));
    case "failed-differently":
      return void (await vscode.window.showWarningMessage(t("{0} failed differently this time: {1}", name, inWords)));
    case "passed":
      return tellPassed(name, triedAgain, { folder, task });
  }
}

async function tellPassed(
  name: string,
  triedAgain: DebugFailureAnswer["triedAgain"],
  task: { readonly folder: string; readonly task: string },
): Promise<void> {
  const { t } = vscode.l10n;
  if (!triedAgain) {
    const message = t("{0} did not fail this time. Nothing was stored; create a new task to do the work.", name);
    return void (await vscode.window.showInformationMessage(message));
  }
  const isAsked = triedAgain === "on-request";
  const [button, command] = isAsked ? [t("Retry Task"), "backgroundTasks.retryTask"] : [t("Run Task"), "backgroundTasks.runTask"];
  const message = isAsked
    ? t("{0} did not fail this time. The stored task is unchanged; retry it to continue.", name)
    : t("{0} did not fail this time. The stored task is unchanged; the next tick retries it.", name);
  if ((await vscode.window.showInformationMessage(message, button)) === button) await vscode.commands.executeCommand(command, task);
}
