import { currentTasks } from "../../service/requests/request-effects.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { StoreSnapshot, TaskId, TaskRecord } from "../../store/index.ts";

/** A tick that has ended, as far as it tells what the next one can do. */
export interface EndedTick {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The tasks that were stored before it began. */
  readonly known: ReadonlySet<TaskId>;
  readonly report: Pick<TickReport, "outcome" | "tasks">;
}

/**
 * When a tick has something to do for the stored tasks: epoch milliseconds, not after `now` for at once, `null` for not before
 * something changes. `concerns` narrows it to some of the tasks. Tasks that are held, failed, blocked by a problem or damaged are nobody's to execute.
 */
export function nextTaskDue(
  snapshot: StoreSnapshot,
  last: EndedTick | undefined,
  now: number,
  concerns?: (task: TaskRecord) => boolean,
): number | null {
  const { tasks } = currentTasks(snapshot);
  const concerned = concerns ? tasks.filter(concerns) : tasks;
  if (snapshot.requests.length > 0 && (!concerns || concerned.length > 0)) return now;
  return earliest(concerned.filter((task) => !wasLeftAlone(task, last)).map(dueTime));
}

/** When the task can go on by itself; 0 for at once, `null` for never. */
export function dueTime(task: TaskRecord): number | null {
  if (task.held || task.status === "failed" || task.problem !== undefined) return null;
  return task.nextAttemptAt === undefined ? 0 : Date.parse(task.nextAttemptAt);
}

/**
 * A tick that had time for every task did nothing for this one although it was due: the task is outside its schedule's window, and a
 * further tick would do as little.
 */
function wasLeftAlone(task: TaskRecord, last: EndedTick | undefined): boolean {
  if (last?.report.outcome !== "done" || !last.known.has(task.id)) return false;
  const due = dueTime(task);
  return due !== null && due <= last.startedAt && !last.report.tasks.some(({ id }) => id === task.id);
}

/** The tasks of a snapshot, for `EndedTick.known`. */
export function idsOf({ tasks, damaged }: StoreSnapshot): ReadonlySet<TaskId> {
  return new Set([...tasks, ...damaged].map(({ id }) => id));
}

export function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, time) => (time !== null && (first === null || time < first) ? time : first), null);
}
