import { CodeActionKind, type Command } from "vscode-languageserver";
import { isEditable } from "../../../service/index.ts";
import type { FolderFacts } from "../../model/folder-facts.ts";
import { type AskedPlace, type FailureOfFolder, failuresAt } from "../../problems/failures-at.ts";
import { shownDiagnostic } from "../../problems/problem-board.ts";
import type { ReadFile } from "../../task-file-reading.ts";
import { retryCommand } from "../retry-command.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Offer } from "./offer.ts";

/** Maximum number of failures at one place for which actions are listed. */
const MOST_FAILURES = 5;

/** @param reads the file as read by each folder that contains it. */
export function failureActions(
  place: AskedPlace,
  all: readonly FolderFacts[],
  reads: readonly ReadFile[],
  surroundings: Surroundings,
): Offer[] {
  const shown = failuresAt(place, all).slice(0, MOST_FAILURES);
  const labels = labelsOf(shown);
  return shown.flatMap((one, index) => {
    const label = labels[index];
    const titled = (title: string) => (label === undefined ? title : `${title} (${label})`);
    return [
      ...commandsFor(one, titled, surroundings).map((command) => ({
        title: command.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [shownDiagnostic(one)],
        command,
      })),
      ...recoveryFor(one, reads),
    ];
  });
}

function commandsFor(
  { failure, facts }: FailureOfFolder,
  titled: (title: string) => string,
  { commands, wording: { t } }: Surroundings,
): readonly Command[] {
  const { task: id, action: actionId } = failure;
  const place = { folder: facts.uri, task: id, action: actionId };
  const task = facts.tasks.find((living) => living.id === id);
  const action = task?.actions.find((one) => one.id === actionId);
  const isAtWork = facts.tick?.current?.task === id && facts.tick.current.action === actionId;
  const executing = [
    retryCommand(titled(t("Retry now")), failure, facts, commands),
    commands.debugFailure(titled(t("Debug failure")), place),
    task && action && !isAtWork && isEditable(task, action) ? commands.editParams(titled(t("Edit params…")), place) : undefined,
  ];
  const showing = task
    ? commands.showTaskData(titled(t("Show task data")), { folder: facts.uri, task: id })
    : commands.openHistoryEntry(titled(t("Open history entry")), { folder: facts.uri, task: id });
  const dismiss = commands.dismiss(titled(t("Dismiss")), place);
  return [...(facts.isTrusted ? executing : []), showing, dismiss].filter((command) => command !== undefined);
}

/** If the action failed in its work and does not implement recovery. */
function recoveryFor(shown: FailureOfFolder, reads: readonly ReadFile[]): Offer[] {
  const { failure, facts } = shown;
  const read = reads.find((candidate) => candidate.facts.uri === facts.uri);
  if (!read || failure.during !== "executeAction") return [];
  const { language, model } = read;
  const known = facts.classes.find(({ kind, name }) => kind === "action" && name === failure.class);
  const declared = model.classes().classes.filter(({ kind, name }) => kind === "action" && name === failure.class);
  const meant = declared.find(({ file }) => file === known?.file) ?? declared[0];
  const fix = meant && !model.file(meant.file).isHalfWritten ? language.implementRecovery(model, meant) : undefined;
  return fix ? [{ ...fix, kind: CodeActionKind.QuickFix, diagnostics: [shownDiagnostic(shown)] }] : [];
}

/** Labels that distinguish several failures: no longer than necessary. */
function labelsOf(shown: readonly FailureOfFolder[]): readonly (string | undefined)[] {
  if (shown.length < 2) return [undefined];
  const parts = shown.map(({ failure: { task, action }, facts }) => [nameOf(task, facts), task, action]);
  const labels = [1, 2, 3].map((count) => parts.map((part) => part.slice(0, count).join(", ")));
  return labels.find((texts) => new Set(texts).size === texts.length) ?? labels.at(-1) ?? [];
}

function nameOf(task: string, { tasks, history }: FolderFacts): string {
  return [...tasks, ...history].find(({ id }) => id === task)?.name ?? task;
}
