import type { TaskType } from "../../authoring/index.ts";
import type { TaskRecord } from "../../store/index.ts";

/** Restricts a tick to some of the tasks. */
export interface TickFilter {
  /** An id, or a unique name. */
  readonly task?: string;
  /** The name of a task class. */
  readonly class?: string;
  readonly type?: TaskType;
}

/** `taskId`: the resolved `filter.task`. */
export function matches(task: TaskRecord, filter: TickFilter, taskId: string | undefined): boolean {
  if (filter.task !== undefined && task.id !== taskId) return false;
  if (filter.class !== undefined && task.class !== filter.class) return false;
  return filter.type === undefined || task.type === filter.type;
}
