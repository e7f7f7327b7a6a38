import * as vscode from "vscode";
import type { TickFilterParams } from "../../server/protocol/runner-protocol.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { pickFolder } from "../asking/pick-folder.ts";
import { pickTask } from "../asking/pick-task.ts";
import { showError } from "../asking/show-error.ts";
import { saveDocuments } from "../commands/save-documents.ts";
import { tellTickAnswer } from "../commands/tick-answer.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { DebugSessions } from "./debug-sessions.ts";

/** Debugs one tick of a folder, or of the tasks of one class. Resolves when the debugger has started. */
export async function debugTick(context: CommandContext, sessions: DebugSessions, argument: unknown): Promise<void> {
  const target = targetOf(argument, context);
  const folder = await pickFolder(context, target);
  const name = target.class === undefined ? vscode.l10n.t("Tick") : vscode.l10n.t("Tick of {0}", target.class);
  await debug(context, sessions, folder, name, target.class === undefined ? {} : { class: target.class });
}

/** Debugs one tick of a single task. Resolves when the debugger has started. */
export async function debugTask(context: CommandContext, sessions: DebugSessions, argument: unknown): Promise<void> {
  const { folder, task } = await pickTask(context, targetOf(argument, context), {
    placeHolder: vscode.l10n.t("Select a task to debug"),
    nothing: vscode.l10n.t("There are no tasks. Create one with the command Background Tasks: Create Task."),
  });
  await debug(context, sessions, folder, task.name, { task: task.id });
}

async function debug(
  context: CommandContext,
  sessions: DebugSessions,
  folder: FolderModel,
  name: string,
  filter: TickFilterParams,
): Promise<void> {
  await saveDocuments(folder);
  const { uri } = folder;
  const launch = await context.runner.request("prepareDebug", { folder: uri, ...filter });
  const end = () => context.runner.request("endDebug", { folder: uri, id: launch.id });
  const { answer } = await sessions.start({ folder: uri, launch, name, end });
  void answer.then(
    (ended) =>
      tellTickAnswer(ended, {
        folder,
        ...(filter.class !== undefined && { class: filter.class }),
        again: () => debug(context, sessions, folder, name, filter),
      }),
    (error) => showError(error, context),
  );
}
