import type { ActionState, FolderState, TaskState } from "../../server/protocol/folder-state.ts";

/** Whether the params of an action will be used, and it is not at work with them now. The runner has the last word. */
export function isEditable(action: ActionState, task: TaskState, tick: FolderState["tick"]): boolean {
  if (tick?.current?.task === task.id && tick.current.action === action.id) return false;
  const isCurrent = task.currentAction === action.id;
  if (action.outcome !== undefined) return isCurrent && task.status === "failed";
  // What failed before or after an attempt is given up.
  return !isCurrent || (task.status !== "starting" && task.status !== "recovering");
}

/** The current one first: it is the one that is meant most often. */
export function editableActions(task: TaskState, tick: FolderState["tick"]): readonly ActionState[] {
  const editable = task.actions.filter((action) => isEditable(action, task, tick));
  return editable.toSorted((a, b) => Number(b.id === task.currentAction) - Number(a.id === task.currentAction));
}
