import * as vscode from "vscode";
import type { RunTickParams, TickAnswer } from "../../server/protocol/runner-protocol.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { type CommandTarget, targetOf } from "../asking/command-target.ts";
import { pick } from "../asking/pick.ts";
import { pickFolder } from "../asking/pick-folder.ts";
import { pickTask } from "../asking/pick-task.ts";
import type { FolderModel } from "../model/folder-model.ts";
import { saveDocuments } from "./save-documents.ts";
import { tellTickAnswer } from "./tick-answer.ts";
import { showTickNotification } from "./tick-notification.ts";

/** Runs one tick of a folder, or of the tasks of one class. If a tick is already running, shows that one. */
export async function runTick(context: CommandContext, argument: unknown): Promise<TickAnswer> {
  const target = targetOf(argument, context);
  const folder = await pickFolder(context, target);
  return tick(context, folder, target.class === undefined ? {} : { class: target.class });
}

/** Runs one tick of a single task. */
export async function runTask(context: CommandContext, argument: unknown): Promise<TickAnswer> {
  const { folder, task } = await pickTask(context, targetOf(argument, context), {
    placeHolder: vscode.l10n.t("Select a task to run"),
    nothing: vscode.l10n.t("There are no tasks. Create one with the command Background Tasks: Create Task."),
  });
  return tick(context, folder, { task: task.id });
}

/** Cancels the tick of this window. */
export async function cancelTick(context: CommandContext, argument: unknown): Promise<void> {
  const target: CommandTarget = targetOf(argument, context);
  const ticking = context.model.folders.filter(({ uri, state }) => state.tick && (target.folder === undefined || target.folder === uri));
  const folder = await pick(
    ticking.map((value) => ({ label: value.state.name, value })),
    vscode.l10n.t("Select the folder whose tick to cancel"),
    vscode.l10n.t("No tick is running."),
  );
  await context.runner.request("cancelTick", { folder: folder.uri });
}

export async function tick(
  context: CommandContext,
  folder: FolderModel,
  filter: Pick<RunTickParams, "task" | "class">,
): Promise<TickAnswer> {
  await saveDocuments(folder);
  const params: RunTickParams = { folder: folder.uri, ...filter, startedBy: "person" };
  const answer = await showTickNotification(context.model, folder, vscode.l10n.t("Tick"), (token) =>
    context.runner.request("runTick", params, token),
  );
  // Not awaited: the caller need not wait until the message is closed.
  void tellTickAnswer(answer, {
    folder,
    ...(filter.class !== undefined && { class: filter.class }),
    again: () => tick(context, folder, filter),
  });
  return answer;
}
