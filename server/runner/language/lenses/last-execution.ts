import type { ActionOutcome, AttemptRecord, HistoryAction, TaskRecord } from "../../../store/index.ts";
import type { FolderFacts } from "../folder-facts.ts";

/** The newest execution of an action of some class. */
export interface Execution {
  readonly task: string;
  readonly attempt: AttemptRecord;
  /** Counted from 1. */
  readonly number: number;
  readonly outcome: ActionOutcome | "failed-to-be-retried" | "paused" | "under-way";
  readonly nextAttemptAt?: string;
}

/** Over living tasks and the history; `undefined` when there was none. */
export function lastExecution(className: string, { tasks, history, tick }: FolderFacts): Execution | undefined {
  const living = tasks.flatMap((task) => task.actions.filter(isMeant).flatMap((action) => ofLivingTask(task, action, isExecuted)));
  // Newest first: within one entry the last action counts.
  const ended = history.flatMap(({ id, actions }) => actions.filter(isMeant).flatMap((action) => ofEndedTask(id, action)));
  return [...living, ...ended].reduce<Execution | undefined>(later, undefined);

  function isMeant(action: { readonly class: string }): boolean {
    return action.class === className;
  }

  function isExecuted(task: string, action: string): boolean {
    return tick?.current?.task === task && tick.current.action === action;
  }
}

function later(a: Execution | undefined, b: Execution): Execution {
  return a && a.attempt.startedAt > b.attempt.startedAt ? a : b;
}

function ofLivingTask(
  { id: task, nextAttemptAt }: TaskRecord,
  { id, attempt: number, attempts, outcome, error }: TaskRecord["actions"][number],
  isExecuted: (task: string, action: string) => boolean,
): Execution[] {
  const attempt = attempts.at(-1);
  if (!attempt) return [];
  const common = { task, attempt, number };
  if (isExecuted(task, id)) return [{ ...common, outcome: "under-way" }];
  if (outcome !== undefined) return [{ ...common, outcome }];
  if (!error) return [{ ...common, outcome: "paused" }];
  return [{ ...common, outcome: "failed-to-be-retried", ...(nextAttemptAt !== undefined && { nextAttemptAt }) }];
}

function ofEndedTask(task: string, { attempts, outcome }: HistoryAction): Execution[] {
  const attempt = attempts.at(-1);
  return attempt ? [{ task, attempt, number: attempt.error?.attempt ?? attempts.length, outcome }] : [];
}
