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
/** Which of the author's methods failed, and of what. */
export type FailedCall =
  | { readonly method: "initActionParams"; readonly action: ActionId }
  | { readonly method: "executeAction"; readonly action: ActionId }
  /** `error` is what it was to recover from. */
  | { readonly method: "changeActionParamsOnError"; readonly action: ActionId; readonly error: ActionError }
  | { readonly method: "getNextAction" };

/** A failed attempt, ready to be made again. */
export interface FailedAttempt {
  /** As it was when the call was made, as far as that is stored. */
  readonly task: TaskRecord;
  readonly call: FailedCall;
  /** What came of it. */
  readonly error: ErrorRecord;
  /** Whether something was thrown, which a debugger can stop at; else the process died or had to be ended. */
  readonly wasThrown: boolean;
}

type FailedOnce = AttemptRecord & { readonly error: FailureRecord };

const STATUS_DURING: Readonly<Record<FailureRecord["during"], TaskStatus>> = {
  initActionParams: "starting",
  executeAction: "running",
  changeActionParamsOnError: "recovering",
};

/**
 * The last failed attempt of an action, with the task put back to where it was then.
 *
 * @param action an id, or the position in a history entry; empty where the task failed as a whole.
 * @throws InputError when nothing has failed there.
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

/** Without what keeps ticks from it, and what came of it later. */
function inNobodysWay({ held: _held, nextAttemptAt: _next, problem: _problem, error: _error, ...task }: TaskRecord): TaskRecord {
  return task;
}

function beforeFailure({ id, name, class: className, rank, attempts }: ActionRecord, index: number, failed: FailedOnce): ActionRecord {
  const { startedAt, params, savedParams = params, error } = failed;
  const before = attempts.slice(0, index);
  const underWay = { startedAt, durationMs: 0, params };
  return { id, name, class: className, rank, params: savedParams, attempt: error.attempt, attempts: [...before, underWay] };
}

/** Another action as it was when the attempt began: one that came later had not begun. */
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

/** A failed recovery has it as its cause, unless the author has given it another one. */
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
      // Of an action that was never begun the history does not keep them.
      params: attempts.at(-1)?.savedParams ?? attempts.at(-1)?.params ?? {},
      attempt: attempts.at(-1)?.error?.attempt ?? attempts.length,
      attempts,
      outcome,
    })),
    ticks,
  };
}
