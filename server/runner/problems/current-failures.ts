import type { HistoryEntry, TaskRecord } from "../../store/index.ts";
import { type Failure, isDismissed } from "../model/failure.ts";
import type { FolderSlices } from "../model/observed-folder.ts";

/**
 * The current failures: those of each stored task and, from the history, the last failure of each action class of a task class. A failure
 * that is not retried counts until the action succeeds in a later task, or the user dismisses it.
 */
export function currentFailures({ tasks, history, dismissals }: Pick<FolderSlices, "tasks" | "history" | "dismissals">): Failure[] {
  const successes = lastSuccesses(tasks, history);
  const isOver = (failure: Failure) => !failure.willRetry && (successes.get(keyOf(failure)) ?? 0) > timeOf(failure);
  return [...tasks.flatMap(failuresOfTask), ...lastFailuresOfHistory(history)].filter(
    (failure) => !isOver(failure) && !isDismissed(failure, dismissals),
  );
}

/** The failures of a stored task, whether or not a later one has succeeded since. */
export function failuresOfTask(task: TaskRecord): Failure[] {
  const common = { task: task.id, taskClass: task.class };
  const ofActions = task.actions.flatMap(({ id, class: className, outcome, error }): Failure[] => {
    const counts = error !== undefined && (outcome === undefined || outcome === "failed");
    if (!counts) return [];
    // After a failure in init or recovery, the next tick drops the action without another call.
    const willRetry = outcome === undefined && task.status !== "failed" && error.during === "executeAction";
    return [{ ...common, action: id, class: className, attempt: error.attempt, willRetry, during: error.during, error, mark: error.at }];
  });
  if (!task.error) return ofActions;
  return [...ofActions, { ...common, action: "", class: task.class, willRetry: false, error: task.error, mark: task.error.message }];
}

function lastFailuresOfHistory(history: readonly HistoryEntry[]): Failure[] {
  const last = new Map<string, Failure>();
  for (const entry of history) {
    for (const { id, class: className, outcome, attempts } of entry.actions) {
      const error = outcome === "failed" ? attempts.at(-1)?.error : undefined;
      if (!error) continue;
      const failure = {
        task: entry.id,
        taskClass: entry.class,
        action: id,
        class: className,
        attempt: error.attempt,
        willRetry: false,
        during: error.during,
        error,
        mark: error.at,
      };
      const key = keyOf(failure);
      if (!last.has(key)) last.set(key, failure);
    }
  }
  return [...last.values()];
}

/** Epoch milliseconds by task and action class. */
function lastSuccesses(tasks: readonly TaskRecord[], history: readonly HistoryEntry[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { class: taskClass, actions } of [...tasks, ...history]) {
    for (const { class: className, outcome, attempts } of actions) {
      const attempt = attempts.at(-1);
      if (outcome !== "finished" || !attempt) continue;
      const key = keyOf({ taskClass, class: className });
      last.set(key, Math.max(last.get(key) ?? 0, Date.parse(attempt.startedAt) + attempt.durationMs));
    }
  }
  return last;
}

function keyOf({ taskClass, class: className }: Pick<Failure, "taskClass" | "class">): string {
  return `${taskClass} ${className}`;
}

function timeOf({ mark }: Failure): number {
  const time = Date.parse(mark);
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
}
