import type { ActionState, FolderState, TaskState } from "../../server/protocol/folder-state.ts";

/** True if the action will use its params again and is not executing with them now. The runner decides. */
export function isEditable(action: ActionState, task: TaskState, tick: FolderState["tick"]): boolean {
  if (tick?.current?.task === task.id && tick.current.action === action.id) return false;
  const isCurrent = task.currentAction === action.id;
  if (action.outcome !== undefined) return isCurrent && task.status === "failed";
  // An action that failed in `initActionParams` or `changeActionParamsOnError` is dropped in the next tick.
  return !isCurrent || (task.status !== "starting" && task.status !== "recovering");
}

/** The current action comes first, as the most likely choice. */
export function editableActions(task: TaskState, tick: FolderState["tick"]): readonly ActionState[] {
  const editable = task.actions.filter((action) => isEditable(action, task, tick));
  return editable.toSorted((a, b) => Number(b.id === task.currentAction) - Number(a.id === task.currentAction));
}
