import type { ActionState, TaskState } from "../../server/protocol/folder-state.ts";
import type { FolderModel } from "./folder-model.ts";

/** Returns what the tick of a folder is executing; `undefined` between two actions, or if unknown. */
export function executedIn(folder: FolderModel): { readonly task: TaskState; readonly action: ActionState } | undefined {
  const current = folder.state.tick?.current;
  const task = current ? folder.task(current.task) : undefined;
  const action = task?.actions.find(({ id }) => id === current?.action);
  return task && action && { task, action };
}
