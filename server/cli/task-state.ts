import type { ActionRecord, TaskRecord } from "../store/index.ts";

/** In the order of their execution. */
export function actionsByRank(task: TaskRecord): readonly ActionRecord[] {
  return task.actions.toSorted((a, b) => a.rank - b.rank);
}
