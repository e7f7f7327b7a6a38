import { isDeepStrictEqual } from "node:util";
import type { ActionRecord, AttemptRecord, TaskRecord } from "./task-record.ts";
import type { ActionChange, TaskChange } from "./transaction.ts";

/** How many attempts of an action are kept: the first ones and the last ones. */
const KEPT_FIRST = 5;
const KEPT_LAST = 5;

/**
 * The record after a change.
 *
 * @throws RangeError when the change names an action that the task does not have.
 */
export function changedTask(task: TaskRecord, change: Omit<TaskChange, "kind" | "id">): TaskRecord {
  const next: Mutable<TaskRecord> & Record<string, unknown> = copyWith<TaskRecord>(task, change.set);
  for (const key of change.unset ?? []) delete next[key];
  if (change.actions || change.addActions) next.actions = changedActions(task, change);
  return next;
}

function changedActions(task: TaskRecord, change: Omit<TaskChange, "kind" | "id">): readonly ActionRecord[] {
  const actions = [...task.actions, ...(change.addActions ?? [])];
  for (const actionChange of change.actions ?? []) {
    const index = actions.findIndex((action) => action.id === actionChange.id);
    const action = actions[index];
    if (!action) throw new RangeError(`Task ${task.id} has no action ${actionChange.id}.`);
    actions[index] = changedAction(action, actionChange);
  }
  return actions;
}

function changedAction(action: ActionRecord, change: ActionChange): ActionRecord {
  const next: Mutable<ActionRecord> & Record<string, unknown> = copyWith<ActionRecord>(action, change.set);
  for (const key of change.unset ?? []) delete next[key];
  if (change.beginAttempt !== undefined) {
    next.attempts = bounded([...next.attempts, { startedAt: change.beginAttempt, durationMs: 0, params: next.params }]);
  }
  if (change.attemptDurationMs !== undefined) next.attempts = lastReplaced(next.attempts, { durationMs: change.attemptDurationMs });
  if (change.failure) {
    next.error = change.failure;
    const attempts = next.attempts.length > 0 ? next.attempts : [{ startedAt: change.failure.at, durationMs: 0, params: next.params }];
    next.attempts = lastReplaced(attempts, { error: change.failure, ...savedSince(attempts.at(-1), next) });
  }
  return next;
}

/** What an attempt has saved since it began; what a person has edited after it is not its own. */
function savedSince(attempt: AttemptRecord | undefined, { params, repaired }: ActionRecord): Pick<AttemptRecord, "savedParams"> {
  return repaired || params === attempt?.params || isDeepStrictEqual(params, attempt?.params) ? {} : { savedParams: params };
}

function lastReplaced(attempts: readonly AttemptRecord[], set: Partial<AttemptRecord>): readonly AttemptRecord[] {
  return attempts.map((attempt, index) => (index === attempts.length - 1 ? copyWith(attempt, set) : attempt));
}

function bounded(attempts: readonly AttemptRecord[]): readonly AttemptRecord[] {
  if (attempts.length <= KEPT_FIRST + KEPT_LAST) return attempts;
  return [...attempts.slice(0, KEPT_FIRST), ...attempts.slice(-KEPT_LAST)];
}

/** As by spreading, which is 20 times slower in V8 when `set` brings a property that `record` does not have; every transition comes here. */
function copyWith<Shape extends object>(record: Shape, set: Partial<Shape> | undefined): Shape & Record<string, unknown> {
  return Object.assign({}, record, set) as Shape & Record<string, unknown>;
}

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };
