import type { ActionRecord, TaskRecord } from "../store/index.ts";

/** In execution order. */
export function actionsByRank(task: TaskRecord): readonly ActionRecord[] {
  return task.actions.toSorted((a, b) => a.rank - b.rank);
}
