import * as vscode from "vscode";
import type { TickAnswer } from "../../server/protocol/runner-protocol.ts";
import { skippedInWords } from "../../server/words/report-words.ts";
import type { FolderModel } from "../model/folder-model.ts";

/** Milliseconds that a message stays in the status bar. */
const STATUS_TIME = 5_000;

/** The tick that the user has requested. */
export interface AskedTick {
  readonly folder: FolderModel;
  /** Only tasks of this class. */
  readonly class?: string;
  /** Runs another tick of the same kind. */
  readonly again: () => Promise<unknown>;
}

/** Shows the result of a requested tick. Success appears in the status bar only. */
export async function tellTickAnswer(answer: TickAnswer, asked: AskedTick): Promise<void> {
  const { outcome, tasks, failures } = answer;
  if (outcome === "locked") return tellLocked(answer);
  if (failures > 0) return tellFailures(failures);
  if (outcome === "time-budget-spent") return tellTimeSpent(answer, asked);
  if (outcome === "done" && tasks === 0) return tellNothing(answer, asked);
  vscode.window.setStatusBarMessage(inWords(answer), STATUS_TIME);
}

async function tellLocked({ doubtfulClaim }: TickAnswer): Promise<void> {
  const show = vscode.l10n.t("Show Tasks");
  const message =
    doubtfulClaim === undefined
      ? vscode.l10n.t("Another tick is already running, so no new one was started.")
      : vscode.l10n.t(
          "No tick was started: it is not certain whether the process of the last one still runs. If you are sure that it does not, remove {0}.",
          doubtfulClaim,
        );
  if ((await vscode.window.showInformationMessage(message, show)) === show) {
    await vscode.commands.executeCommand("backgroundTasks.tasks.focus");
  }
}

async function tellFailures(failures: number): Promise<void> {
  const problems = vscode.l10n.t("Show Problems");
  const output = vscode.l10n.t("Show Output");
  const message =
    failures === 1 ? vscode.l10n.t("An action failed in this tick.") : vscode.l10n.t("{0} actions failed in this tick.", failures);
  const chosen = await vscode.window.showWarningMessage(message, problems, output);
  if (chosen === problems) await vscode.commands.executeCommand("workbench.actions.view.problems");
  if (chosen === output) await vscode.commands.executeCommand("backgroundTasks.showOutput");
}

async function tellTimeSpent({ paused }: TickAnswer, { again }: AskedTick): Promise<void> {
  const goOn = vscode.l10n.t("Run Another Tick");
  const message =
    paused === 1
      ? vscode.l10n.t("The time budget is spent: 1 task is paused and continues in the next tick.")
      : vscode.l10n.t("The time budget is spent: {0} tasks are paused and continue in the next tick.", paused);
  if ((await vscode.window.showInformationMessage(message, goOn)) === goOn) await again();
}

async function tellNothing({ skipped }: TickAnswer, { folder, class: className }: AskedTick): Promise<void> {
  if ((className === undefined ? folder.taskCount : folder.taskCountOf(className)) > 0) {
    const wording = { t: vscode.l10n.t, locale: vscode.env.language, now: Date.now() };
    const message = skipped
      ? vscode.l10n.t("No task was ready to run: {0}.", skippedInWords(skipped, wording))
      : vscode.l10n.t("No task was ready to run.");
    vscode.window.setStatusBarMessage(message, STATUS_TIME);
    return;
  }
  const create = vscode.l10n.t("Create Task");
  const message =
    className === undefined
      ? vscode.l10n.t("There are no tasks, so the tick had nothing to do.")
      : vscode.l10n.t("There are no {0} tasks, so the tick had nothing to do.", className);
  if ((await vscode.window.showInformationMessage(message, create)) === create) {
    const target = { folder: folder.uri, ...(className !== undefined && { class: className }) };
    await vscode.commands.executeCommand("backgroundTasks.createTask", target);
  }
}

function inWords({ outcome, tasks, durationMs, paused }: TickAnswer): string {
  const seconds = (durationMs / 1_000).toFixed(1);
  if (outcome === "cancelled") return vscode.l10n.t("Tick cancelled after {0} s.", seconds);
  if (paused > 0) return vscode.l10n.t("Tick done in {0} s: {1} tasks, {2} of them paused.", seconds, tasks, paused);
  return tasks === 1
    ? vscode.l10n.t("Tick done in {0} s: 1 task.", seconds)
    : vscode.l10n.t("Tick done in {0} s: {1} tasks.", seconds, tasks);
}
