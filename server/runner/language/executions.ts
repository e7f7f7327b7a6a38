import type { ActionOutcome, AttemptRecord, HistoryAction, TaskRecord } from "../../store/index.ts";
import type { FolderFacts } from "../model/folder-facts.ts";
import { attemptNumbers } from "./attempt-numbers.ts";

/** One attempt of an action of a class. */
export interface Execution {
  readonly task: string;
  readonly taskName: string;
  readonly attempt: AttemptRecord;
  /** Starts at 1. */
  readonly number: number;
  readonly outcome: ActionOutcome | "failed-to-be-retried" | "paused" | "under-way";
  readonly nextAttemptAt?: string;
  /** For a paused one: how many times in a row it has paused without changing anything. */
  readonly idlePauses?: number;
}

/** Of stored tasks and of the history, newest first. */
export function executionsOf(className: string, facts: FolderFacts): readonly Execution[] {
  // If two started in the same millisecond, the last action of an entry counts as the newest.
  return unordered(className, facts)
    .reverse()
    .sort((a, b) => compare(b.attempt.startedAt, a.attempt.startedAt));
}

/** The latest execution, needed for lenses at each keystroke: found without sorting all of them. */
export function lastExecutionOf(className: string, facts: FolderFacts): Execution | undefined {
  return unordered(className, facts).reduce<Execution | undefined>(
    (last, one) => (last && last.attempt.startedAt > one.attempt.startedAt ? last : one),
    undefined,
  );
}

function unordered(className: string, { tasks, history, tick }: FolderFacts): Execution[] {
  const living = tasks.flatMap((task) => task.actions.filter(isMeant).flatMap((action) => ofLivingTask(task, action, isExecuted)));
  const ended = history.flatMap((entry) => entry.actions.filter(isMeant).flatMap((action) => ofEndedTask(entry, action)));
  return [...living, ...ended];

  function isMeant(action: { readonly class: string }): boolean {
    return action.class === className;
  }

  function isExecuted(task: string, action: string): boolean {
    return tick?.current?.task === task && tick.current.action === action;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ofLivingTask(
  { id: task, name: taskName, nextAttemptAt }: TaskRecord,
  { id, attempt: number, attempts, outcome, idlePauses }: TaskRecord["actions"][number],
  isExecuted: (task: string, action: string) => boolean,
): Execution[] {
  const last = attempts.at(-1);
  if (!last) return [];
  const common = { task, taskName, attempt: last, number };
  return [...earlier({ task, taskName, attempts }), lastOne()];

  function lastOne(): Execution {
    if (isExecuted(task, id)) return { ...common, outcome: "under-way" };
    if (outcome !== undefined) return { ...common, outcome };
    // The action keeps the error of an earlier attempt.
    if (!common.attempt.error) return { ...common, outcome: "paused", ...(idlePauses !== undefined && { idlePauses }) };
    return { ...common, outcome: "failed-to-be-retried", ...(nextAttemptAt !== undefined && { nextAttemptAt }) };
  }
}

function ofEndedTask({ id: task, name: taskName }: { readonly id: string; readonly name: string }, action: HistoryAction): Execution[] {
  const { attempts, outcome } = action;
  const last = attempts.at(-1);
  if (!last) return [];
  const number = attemptNumbers(attempts).at(-1) ?? attempts.length;
  return [...earlier({ task, taskName, attempts }), { task, taskName, attempt: last, number, outcome }];
}

/** All but the last: each was followed by another one, so each has failed. */
function earlier({ attempts, ...of }: Pick<Execution, "task" | "taskName"> & { readonly attempts: readonly AttemptRecord[] }): Execution[] {
  const numbers = attemptNumbers(attempts);
  return attempts.slice(0, -1).map((attempt, index) => ({ ...of, attempt, number: numbers[index] ?? index + 1, outcome: "failed" }));
}
