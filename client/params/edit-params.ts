import * as vscode from "vscode";
import type { ActionState } from "../../server/protocol/folder-state.ts";
import type { CommandContext } from "../asking/command-context.ts";
import { targetOf } from "../asking/command-target.ts";
import { pick } from "../asking/pick.ts";
import { type PickedTask, pickTask } from "../asking/pick-task.ts";
import { editableActions } from "../model/editable.ts";
import type { ParamsFiles } from "./params-files.ts";

/** Opens the params of an action as a document. The next attempt uses the saved text. */
export async function editParams(context: CommandContext, files: ParamsFiles, argument: unknown): Promise<void> {
  const target = targetOf(argument, context);
  const picked = await pickTask(context, target, {
    isMeant: (task) => editableActions(task, null).length > 0,
    placeHolder: vscode.l10n.t("Select a task to edit an action's params"),
    nothing: vscode.l10n.t("No task has an action left to execute."),
  });
  const { folder, task } = picked;
  const action = await pickAction(picked, target.action);
  await files.open({ folder: folder.uri, task: task.id, action: action.id }, task.name, action.name);
}

function pickAction({ folder, task }: PickedTask, named: string | undefined): Promise<ActionState> {
  const editable = editableActions(task, folder.state.tick);
  const chosen = editable.find(({ id }) => id === named);
  if (chosen) return Promise.resolve(chosen);
  if (named !== undefined) {
    throw new Error(
      vscode.l10n.t("The params of this action cannot be edited while it is running or after it has ended. Pause the task first."),
    );
  }
  return pick(
    editable.map((action) => ({ label: action.name, description: action.id === task.currentAction ? task.status : "", value: action })),
    vscode.l10n.t("Select an action to edit its params"),
    vscode.l10n.t("Pause the task first: its last action is running."),
  );
}
