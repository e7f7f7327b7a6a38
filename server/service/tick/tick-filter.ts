import type { TaskType } from "../../authoring/index.ts";
import type { TaskRecord } from "../../store/index.ts";

/** Narrows a tick to some of the tasks. */
export interface TickFilter {
  /** An id, or a name that only one task has. */
  readonly task?: string;
  /** The name of a task class. */
  readonly class?: string;
  readonly type?: TaskType;
}

/** `taskId`: what `filter.task` means, once it was looked up. */
export function matches(task: TaskRecord, filter: TickFilter, taskId: string | undefined): boolean {
  if (filter.task !== undefined && task.id !== taskId) return false;
  if (filter.class !== undefined && task.class !== filter.class) return false;
  return filter.type === undefined || task.type === filter.type;
}
