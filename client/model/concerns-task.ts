import type { ModelChange } from "./workspace-model.ts";

/** True if a change may affect the data of a task, including its end. */
export function concernsTask(change: ModelChange, { folder, task }: { readonly folder: string; readonly task: string }): boolean {
  if (change.kind === "whole") return true;
  if (change.folder.uri !== folder) return false;
  const { changedTasks, touchedTasks, regrouped, historyChanged } = change;
  return changedTasks.includes(task) || touchedTasks?.includes(task) === true || regrouped.size > 0 || historyChanged;
}
