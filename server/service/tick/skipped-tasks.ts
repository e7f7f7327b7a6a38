import type { TaskRecord, Timestamp } from "../../store/index.ts";

/** How many stored tasks were not executed, by the reason; a reason that applies to none is omitted. */
export interface SkippedTasks {
  /** Waiting for their next attempt. */
  readonly waiting?: number;
  /** The earliest of those attempts. */
  readonly nextAttemptAt?: Timestamp;
  /** Their class cannot be used. */
  readonly blocked?: number;
  /** Paused by a user. */
  readonly held?: number;
  /** Waiting for a user to retry or cancel them. */
  readonly failed?: number;
  /** Outside the window of the schedule that created them. */
  readonly outsideWindow?: number;
  /** The tick ended before. */
  readonly notReached?: number;
}

type Reason = Exclude<keyof SkippedTasks, "nextAttemptAt">;

/**
 * Counts tasks that were not executed. `undefined` if there are none.
 *
 * @param now epoch milliseconds. @param isInWindow of a task's schedule.
 */
export function countSkipped(
  tasks: Iterable<TaskRecord>,
  now: number,
  isInWindow: (task: TaskRecord) => boolean = () => true,
): SkippedTasks | undefined {
  const counts = new Map<Reason, number>();
  let nextAttemptAt: Timestamp | undefined;
  for (const task of tasks) {
    const reason = reasonOf(task, now, isInWindow);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
    if (reason !== "waiting" || task.nextAttemptAt === undefined) continue;
    if (nextAttemptAt === undefined || task.nextAttemptAt < nextAttemptAt) nextAttemptAt = task.nextAttemptAt;
  }
  return counts.size === 0 ? undefined : { ...Object.fromEntries(counts), ...(nextAttemptAt !== undefined && { nextAttemptAt }) };
}

function reasonOf(task: TaskRecord, now: number, isInWindow: (task: TaskRecord) => boolean): Reason {
  if (task.held) return "held";
  if (task.problem !== undefined) return "blocked";
  if (task.status === "failed") return "failed";
  if (task.nextAttemptAt !== undefined && Date.parse(task.nextAttemptAt) > now) return "waiting";
  return isInWindow(task) ? "notReached" : "outsideWindow";
}
