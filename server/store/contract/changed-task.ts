import { isDeepStrictEqual } from "node:util";
import type { ActionId, ActionRecord, AttemptRecord, TaskRecord } from "./task-record.ts";
import type { ActionChange, TaskChange } from "./transaction.ts";

/** How many of an action's first and last attempts are kept. */
const KEPT_FIRST = 5;
const KEPT_LAST = 5;

/**
 * Returns the record after a change.
 *
 * @throws RangeError if the change names an action that the task does not have, or adds one that it has.
 */
export function changedTask(task: TaskRecord, change: Omit<TaskChange, "kind" | "id">): TaskRecord {
  const next: Mutable<TaskRecord> & Record<string, unknown> = copyWith<TaskRecord>(task, change.set);
  for (const key of change.unset ?? []) delete next[key];
  if (change.actions || change.addActions) next.actions = changedActions(task, change);
  return next;
}

function changedActions(task: TaskRecord, change: Omit<TaskChange, "kind" | "id">): readonly ActionRecord[] {
  // Not spread, which is several times slower: a task may have thousands of actions.
  const actions = task.actions.slice();
  for (const added of change.addActions ?? []) {
    if (actions.some(({ id }) => id === added.id)) throw new RangeError(`Task ${task.id} already has an action ${added.id}.`);
    actions.push(added);
  }
  for (const actionChange of change.actions ?? []) {
    const index = indexOfAction(actions, actionChange.id);
    const action = actions[index];
    if (!action) throw new RangeError(`Task ${task.id} has no action ${actionChange.id}.`);
    actions[index] = changedAction(action, actionChange);
  }
  return actions;
}

/** Where the last one was found: actions are executed in turn, so the next one is there or beside it. */
let lastIndex = 0;

/** Takes the same time however many actions a task has, as long as they are looked for in turn. -1 if there is none. */
export function indexOfAction(actions: readonly ActionRecord[], id: ActionId): number {
  for (const index of [lastIndex, lastIndex + 1, lastIndex - 1]) {
    if (actions[index]?.id !== id) continue;
    lastIndex = index;
    return index;
  }
  const found = actions.findIndex((action) => action.id === id);
  if (found >= 0) lastIndex = found;
  return found;
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

/** What an attempt has saved since it started, excluding later edits by a user. */
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

/** Like spreading, which is 20 times slower in V8 if `set` adds a property that `record` lacks; runs in every transition. */
function copyWith<Shape extends object>(record: Shape, set: Partial<Shape> | undefined): Shape & Record<string, unknown> {
  return Object.assign({}, record, set) as Shape & Record<string, unknown>;
}

type Mutable<Shape> = { -readonly [Key in keyof Shape]: Shape[Key] };
