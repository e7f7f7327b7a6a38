import type { ActionChange, ActionRecord, ErrorRecord, FailureRecord, TaskChange, TaskRecord } from "../../store/index.ts";
import { timestamp } from "./timestamp.ts";

/**
 * The state machine of a task (docs/guarantees.md has its table; iTop: `BackgroundTaskExService::ProcessOneTask`). Pure: each function
 * takes the record as it is stored and tells what to store and what to do then. Whoever uses it stores first and does then.
 */
export interface Step {
  readonly change: StepChange;
  readonly next: Next;
}

/** What a step changes of the one task it is about. */
export type StepChange = Omit<TaskChange, "kind" | "id">;

export type Next =
  /** Choose the next action; between two actions the task can also be left. */
  | { readonly do: "choose" }
  | { readonly do: "init"; readonly action: ActionRecord }
  | { readonly do: "execute"; readonly action: ActionRecord }
  | { readonly do: "recover"; readonly action: ActionRecord; readonly failure: FailureRecord }
  /** Nothing more for this task in this tick. */
  | { readonly do: "leave" }
  | { readonly do: "end" };

/** What the machine has to know of the action's class. */
export interface ActionPolicy {
  readonly maxAttempts: number;
  /** Milliseconds. */
  retryDelay(failedAttempt: number): number;
  /** False where the author has not overridden it: then it can neither fail nor refuse, and is not worth a step of its own. */
  readonly overridesInit: boolean;
  readonly overridesRecovery: boolean;
}

export interface TaskPolicy {
  readonly onActionFailed: "continue" | "stop";
}

export function currentAction(task: TaskRecord): ActionRecord | undefined {
  return task.actions.find((action) => action.id === task.currentAction);
}

/** A tick comes upon the task. `policy` is that of the current action, if there is one. */
export function onLook(task: TaskRecord, policy: ActionPolicy | undefined, taskPolicy: TaskPolicy, now: number): Step {
  const action = currentAction(task);
  if (!action || !policy) return { change: {}, next: { do: "choose" } };
  switch (task.status) {
    case "paused":
      return beginExecution(action, now);
    case "running": {
      const known = failureOf(task, action);
      const failure = known ?? diedUnseen(action, "executeAction", now);
      if (action.attempt >= policy.maxAttempts) return drop(action, failure, taskPolicy);
      const recorded = known ? [] : [record(action, failure)];
      if (!policy.overridesRecovery || action.repaired) return nextAttempt(action, now, recorded);
      return step({ status: "recovering" }, recorded, { do: "recover", action, failure }, ["nextAttemptAt"]);
    }
    case "starting":
      return drop(action, failureOf(task, action) ?? diedUnseen(action, "initActionParams", now), taskPolicy);
    case "recovering": {
      const unseen = () => withCause(diedUnseen(action, "changeActionParamsOnError", now), action.error);
      return drop(action, failureOf(task, action) ?? unseen(), taskPolicy);
    }
    case "created":
    case "failed":
      return { change: {}, next: { do: "choose" } };
  }
}

/** The next action was chosen, or there is none left. */
export function onChosen(action: ActionRecord | null, policy: ActionPolicy | undefined, now: number): Step {
  if (!action || !policy) return { change: {}, next: { do: "end" } };
  if (policy.overridesInit) {
    return step({ status: "starting", currentAction: action.id }, [{ id: action.id, set: { attempt: 1 } }], { do: "init", action });
  }
  return firstAttempt(action, now);
}

export function onInitiated(action: ActionRecord, goOn: boolean, now: number): Step {
  return goOn ? firstAttempt(action, now) : ended(action, "dropped");
}

export function onExecuted(action: ActionRecord, finished: boolean): Step {
  if (finished) return ended(action, "finished");
  return step({ status: "paused" }, [], { do: "leave" });
}

export function onRecovered(action: ActionRecord, goOn: boolean, failure: FailureRecord, taskPolicy: TaskPolicy, now: number): Step {
  return goOn ? nextAttempt(action, now) : drop(action, failure, taskPolicy);
}

/**
 * One of the author's methods threw, or its process died. The status stays as it is for the next tick, but a last attempt is dropped at
 * once.
 */
export function onFailed(action: ActionRecord, failure: FailureRecord, policy: ActionPolicy, taskPolicy: TaskPolicy, now: number): Step {
  if (failure.during === "initActionParams") return step({ status: "starting" }, [record(action, failure)], { do: "leave" });
  if (failure.during === "changeActionParamsOnError") {
    return step({ status: "recovering" }, [record(action, withCause(failure, action.error))], { do: "leave" });
  }
  if (failure.attempt >= policy.maxAttempts) return drop(action, failure, taskPolicy);
  const delay = policy.retryDelay(failure.attempt);
  const waiting = delay > 0 ? { nextAttemptAt: timestamp(now + delay) } : {};
  return step({ status: "running", ...waiting }, [record(action, failure)], { do: "leave" });
}

/** An end that is not the action's fault: it goes on as if it had paused; an init is called again, a recovery too. */
export function onInterrupted(task: TaskRecord): StepChange {
  const action = currentAction(task);
  if (!action || !isInFlight(task)) return {};
  switch (task.status) {
    case "running":
      return { set: { status: "paused" } };
    case "starting":
      return { set: { status: "created", currentAction: null }, actions: [{ id: action.id, set: { attempt: 0 } }] };
    case "recovering":
      return { set: { status: "running" } };
    default:
      return {};
  }
}

/** `getNextAction` threw: no action is to blame, so the task waits for a person. */
export function onChoiceFailed(error: ErrorRecord): Step {
  return { change: { set: { status: "failed", currentAction: null, error } }, next: { do: "leave" } };
}

/** True while one of the author's methods was called and nothing is known yet of how that ended. */
export function isInFlight(task: TaskRecord): boolean {
  const action = currentAction(task);
  return action !== undefined && ["starting", "running", "recovering"].includes(task.status) && !failureOf(task, action);
}

const METHOD_OF_STATUS: Readonly<Partial<Record<TaskRecord["status"], FailureRecord["during"]>>> = {
  starting: "initActionParams",
  running: "executeAction",
  recovering: "changeActionParamsOnError",
};

/** The method of the author's that the status says is at work. */
export function methodAtWork(task: TaskRecord): FailureRecord["during"] {
  return METHOD_OF_STATUS[task.status] ?? "executeAction";
}

/** The failure that explains the task's status: the one of this attempt, in the method the status stands for. */
function failureOf(task: TaskRecord, action: ActionRecord): FailureRecord | undefined {
  const { error } = action;
  return error && error.attempt === action.attempt && error.during === METHOD_OF_STATUS[task.status] ? error : undefined;
}

function diedUnseen(action: ActionRecord, during: FailureRecord["during"], now: number): FailureRecord {
  const message = `The process executing ${action.class} ended during ${during} for an unknown reason.`;
  const at = timestamp(now);
  return { name: "ProcessDied", message, stack: `ProcessDied: ${message}`, kind: "process-died", attempt: action.attempt, during, at };
}

function beginExecution(action: ActionRecord, now: number): Step {
  const last = action.attempts.at(-1);
  const isNewAttempt = last === undefined || last.error !== undefined;
  const begin: ActionChange = isNewAttempt ? { id: action.id, beginAttempt: timestamp(now) } : { id: action.id };
  return step({ status: "running" }, isNewAttempt || action.repaired ? [withRepair(begin, action)] : [], { do: "execute", action });
}

function firstAttempt(action: ActionRecord, now: number): Step {
  const begin = { id: action.id, set: { attempt: 1 }, beginAttempt: timestamp(now) };
  return step({ status: "running", currentAction: action.id }, [begin], { do: "execute", action });
}

function nextAttempt(action: ActionRecord, now: number, recorded: readonly ActionChange[] = []): Step {
  const begin = { id: action.id, set: { attempt: action.attempt + 1 }, beginAttempt: timestamp(now) };
  return step({ status: "running" }, [...recorded, withRepair(begin, action)], { do: "execute", action }, ["nextAttemptAt"]);
}

/** An attempt uses up what a person has repaired: if it fails, too, recovery is the author's again. */
function withRepair(begin: ActionChange, { repaired }: ActionRecord): ActionChange {
  return repaired ? { ...begin, unset: ["repaired"] } : begin;
}

/** A recovery that fails must not hide what it was to recover from. */
function withCause(failure: FailureRecord, recoveredFrom: ErrorRecord | undefined): FailureRecord {
  return failure.cause || !recoveredFrom ? failure : { ...failure, cause: recoveredFrom };
}

function record(action: ActionRecord, failure: FailureRecord): ActionChange {
  return { id: action.id, failure };
}

/** What it said last of its progress, or of a failure that a later attempt made good, is no longer of interest once it has finished. */
function ended(action: ActionRecord, outcome: "finished" | "dropped"): Step {
  const unset = outcome === "finished" ? (["error", "progress"] as const).filter((key) => action[key] !== undefined) : [];
  const end = { id: action.id, set: { outcome }, ...(unset.length > 0 ? { unset } : {}) };
  return step({ status: "paused", currentAction: null }, [end], { do: "choose" });
}

function drop(action: ActionRecord, failure: FailureRecord, taskPolicy: TaskPolicy): Step {
  const dropped = { ...record(action, failure), set: { outcome: "failed" as const } };
  if (taskPolicy.onActionFailed === "stop") {
    return step({ status: "failed", currentAction: action.id }, [dropped], { do: "leave" }, ["nextAttemptAt"]);
  }
  return step({ status: "paused", currentAction: null }, [dropped], { do: "choose" }, ["nextAttemptAt"]);
}

function step(set: StepChange["set"], actions: readonly ActionChange[], next: Next, unset?: StepChange["unset"]): Step {
  const change: { -readonly [Key in keyof StepChange]: StepChange[Key] } = {};
  if (set) change.set = set;
  if (actions.length > 0) change.actions = actions;
  if (unset) change.unset = unset;
  return { change, next };
}
