import * as vscode from "vscode";
import type { TaskState } from "../../server/protocol/folder-state.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { CommandContext } from "./command-context.ts";
import type { CommandTarget } from "./command-target.ts";
import { pick } from "./pick.ts";

export interface PickedTask {
  readonly folder: FolderModel;
  readonly task: TaskState;
}

/** Returns the named task, or asks for one that satisfies `isMeant`. @throws vscode.CancellationError */
export async function pickTask(
  { model, runner }: CommandContext,
  target: CommandTarget,
  {
    isMeant = () => true,
    placeHolder,
    nothing,
  }: { readonly isMeant?: (task: TaskState) => boolean; readonly placeHolder: string; readonly nothing: string },
): Promise<PickedTask> {
  await runner.settled();
  if (target.folder !== undefined && target.task !== undefined) {
    const folder = model.folder(target.folder);
    const task = folder?.task(target.task);
    if (!folder || !task) throw new Error(vscode.l10n.t("This task has already ended. See the History view."));
    return { folder, task };
  }
  const { folders } = model;
  const choices = folders
    .filter(({ uri }) => target.folder === undefined || uri === target.folder)
    .flatMap((folder) =>
      folder.tasks
        .filter((task) => isMeant(task) && (target.class === undefined || task.class === target.class))
        .map((task) => ({
          label: task.name,
          description: [task.class, task.status, ...(folders.length > 1 ? [folder.state.name] : [])].join(" · "),
          detail: task.message,
          value: { folder, task },
        })),
    );
  return pick(choices, placeHolder, nothing);
}
