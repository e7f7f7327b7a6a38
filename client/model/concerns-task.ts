import type { ModelChange } from "./workspace-model.ts";

/** Whether something that is known of a task may be different after a change, its end included. */
export function concernsTask(change: ModelChange, { folder, task }: { readonly folder: string; readonly task: string }): boolean {
  if (change.kind === "whole") return true;
  if (change.folder.uri !== folder) return false;
  const { changedTasks, touchedTasks, regrouped, historyChanged } = change;
  return changedTasks.includes(task) || touchedTasks?.includes(task) === true || regrouped.size > 0 || historyChanged;
}
