import type { ActionError } from "../../authoring/index.ts";
import type {
  ActionId,
  ActionRecord,
  AttemptRecord,
  ErrorRecord,
  FailureRecord,
  HistoryEntry,
  TaskRecord,
  TaskStatus,
} from "../../store/index.ts";
import { InputError } from "../input-error.ts";
/** The author's method that failed, and its input. */
export type FailedCall =
  | { readonly method: "initActionParams"; readonly action: ActionId }
  | { readonly method: "executeAction"; readonly action: ActionId }
  /** `error` is the error to recover from. */
  | { readonly method: "changeActionParamsOnError"; readonly action: ActionId; readonly error: ActionError }
  | { readonly method: "getNextAction" };

/** A failed attempt, ready to be repeated. */
export interface FailedAttempt {
  /** The task at the time of the call, as far as that is stored. */
  readonly task: TaskRecord;
  readonly call: FailedCall;
  /** How it failed. */
  readonly error: ErrorRecord;
  /** True if an error was thrown, at which a debugger can stop; otherwise the process died or was terminated. */
  readonly wasThrown: boolean;
}

type FailedOnce = AttemptRecord & { readonly error: FailureRecord };

const STATUS_DURING: Readonly<Record<FailureRecord["during"], TaskStatus>> = {
  initActionParams: "starting",
  executeAction: "running",
  changeActionParamsOnError: "recovering",
};

/**
 * Returns the last failed attempt of an action, with the task restored to its state at that time.
 *
 * @param action an id, or the position in a history entry; empty if the task failed as a whole.
 * @throws InputError if nothing has failed there.
 */
export function failedAttempt(stored: TaskRecord | HistoryEntry, action: string): FailedAttempt {
  const task = "endedAt" in stored ? recordOf(stored) : stored;
  if (action === "") return failedChoice(task);
  const failed = task.actions.find(({ id }) => id === action) ?? ("endedAt" in stored ? task.actions[Number(action)] : undefined);
  if (!failed) throw new InputError(`Task ${task.name} (${task.id}) has no action "${action}".`);
  const index = failed.attempts.findLastIndex(({ error }) => error !== undefined);
  const attempt = failed.attempts[index];
  if (!hasFailed(attempt)) throw new InputError(`${failed.name} of task ${task.name} (${task.id}) has no failed attempt.`);
  const { error } = attempt;
  return {
    task: {
      ...inNobodysWay(task),
      status: STATUS_DURING[error.during],
      currentAction: failed.id,
      actions: task.actions.map((other) => (other === failed ? beforeFailure(failed, index, attempt) : asOf(attempt, failed, other))),
    },
    call: callOf(failed, error),
    error,
    wasThrown: error.kind === "thrown",
  };
}

function hasFailed(attempt: AttemptRecord | undefined): attempt is FailedOnce {
  return attempt?.error !== undefined;
}

function failedChoice(task: TaskRecord): FailedAttempt {
  const { error } = task;
  if (!error) throw new InputError(`Task ${task.name} (${task.id}) has not failed as a whole: specify the action that failed.`);
  return {
    task: { ...inNobodysWay(task), status: "paused", currentAction: null },
    call: { method: "getNextAction" },
    error,
    wasThrown: true,
  };
}

/** Removes what would make ticks skip the task, and what happened to it later. */
function inNobodysWay({ held: _held, nextAttemptAt: _next, problem: _problem, error: _error, ...task }: TaskRecord): TaskRecord {
  return task;
}

function beforeFailure({ id, name, class: className, rank, attempts }: ActionRecord, index: number, failed: FailedOnce): ActionRecord {
  const { startedAt, params, savedParams = params, error } = failed;
  const before = attempts.slice(0, index);
  const underWay = { startedAt, durationMs: 0, params };
  return { id, name, class: className, rank, params: savedParams, attempt: error.attempt, attempts: [...before, underWay] };
}

/** Restores another action to the start of the attempt: a later one had not started. */
function asOf({ startedAt }: AttemptRecord, failed: ActionRecord, other: ActionRecord): ActionRecord {
  const { id, name, class: className, rank, params, outcome, attempts } = other;
  const [first] = attempts;
  const hadEnded = first ? first.startedAt < startedAt : outcome === "dropped" && rank < failed.rank;
  return hadEnded && outcome ? other : { id, name, class: className, rank, params: first?.params ?? params, attempt: 0, attempts: [] };
}

function callOf({ id, name }: ActionRecord, failure: FailureRecord): FailedCall {
  const { during } = failure;
  if (during !== "changeActionParamsOnError") return { method: during, action: id };
  const { cause } = failure;
  if (!cause) throw new InputError(`The error that ${name} has to recover from is not stored, so its recovery cannot be repeated.`);
  return { method: during, action: id, error: recoveredFrom(cause, failure.attempt) };
}

/** A failed recovery has it as its cause, unless the author set another one. */
function recoveredFrom({ name, message, stack, ...kept }: ErrorRecord & Partial<FailureRecord>, attempt: number): ActionError {
  return { name, message, stack, attempt: kept.attempt ?? attempt, kind: kept.kind ?? "thrown" };
}

function recordOf(entry: HistoryEntry): TaskRecord {
  const { id, name, class: className, type, message, params, createdAt, ticks, actions } = entry;
  return {
    id,
    name,
    class: className,
    type,
    status: "paused",
    message,
    params,
    createdAt,
    currentAction: null,
    actions: actions.map(({ attempts, outcome, ...action }) => ({
      id: action.id,
      name: action.name,
      class: action.class,
      rank: action.rank,
      // Earlier versions did not keep them for an action that never started.
      params: action.params ?? attempts.at(-1)?.savedParams ?? attempts.at(-1)?.params ?? {},
      attempt: attempts.at(-1)?.error?.attempt ?? attempts.length,
      attempts,
      outcome,
    })),
    ticks,
  };
}
