import * as vscode from "vscode";
import { outcomeInWords } from "../../server/words/outcome-words.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { pick } from "../asking/pick.ts";
import { pickTask } from "../asking/pick-task.ts";
import type { Documents } from "../documents/documents.ts";
import type { Timelines } from "../timeline/timelines.ts";

/** Opens all stored data of a task. */
export async function showTaskData(context: CommandContext, documents: Documents, argument: unknown): Promise<void> {
  const { folder, task } = await pickTask(context, targetOf(argument, context), {
    placeHolder: vscode.l10n.t("Select a task to show its data"),
    nothing: vscode.l10n.t("There are no tasks. Create one with the command Background Tasks: Create Task."),
  });
  await documents.show({ kind: "task", folder: folder.uri, task: task.id }, task.name);
}

/** Opens the timeline of a task's attempts. */
export async function showTimeline(context: CommandContext, timelines: Timelines, argument: unknown): Promise<void> {
  const { folder, task } = targetOf(argument, context);
  const isEnded = folder !== undefined && task !== undefined && context.model.folder(folder)?.task(task) === undefined;
  if (isEnded) {
    const entry = await pickEntry(context, folder, task);
    return timelines.show(entry.folder, entry.id, entry.name);
  }
  const picked = await pickTask(context, targetOf(argument, context), {
    placeHolder: vscode.l10n.t("Select a task to show its timeline"),
    nothing: vscode.l10n.t("There are no tasks. See the History view for tasks that have ended."),
  });
  await timelines.show(picked.folder.uri, picked.task.id, picked.task.name);
}

/** Opens the history entry of a task that has ended. */
export async function openHistoryEntry(context: CommandContext, documents: Documents, argument: unknown): Promise<void> {
  const { folder, task } = targetOf(argument, context);
  const entry = await pickEntry(context, folder, task);
  await documents.show({ kind: "history", folder: entry.folder, task: entry.id }, entry.name);
}

interface PickedEntry {
  readonly folder: string;
  readonly id: string;
  readonly name: string;
}

async function pickEntry({ model, runner }: CommandContext, folder: string | undefined, task: string | undefined): Promise<PickedEntry> {
  const folders = folder === undefined ? model.folders.map(({ uri }) => uri) : [folder];
  const lists = await Promise.all(folders.map(async (uri) => ({ uri, ...(await runner.request("history", { folder: uri })) })));
  const choices = lists.flatMap(({ uri, entries }) =>
    entries
      .filter(({ id }) => task === undefined || id === task)
      .map(({ id, name, outcome, endedAt, class: className }) => ({
        label: name,
        description: [className, outcomeInWords(outcome, vscode.l10n), new Date(endedAt).toLocaleString()].join(" · "),
        value: { folder: uri, id, name },
      })),
  );
  return pick(
    choices,
    vscode.l10n.t("Select an entry to open"),
    vscode.l10n.t("No task has ended yet, or its entry is no longer in the history."),
  );
}
