import {
  type ActionChange,
  type ActionRecord,
  type ErrorRecord,
  type FailureRecord,
  indexOfAction,
  type TaskChange,
  type TaskRecord,
} from "../../store/index.ts";
import { timestamp } from "./timestamp.ts";

/**
 * The state machine of a task (table in docs/guarantees.md; iTop: `BackgroundTaskExService::ProcessOneTask`). Pure: each function takes the
 * stored record and returns what to store and what to do next. The caller stores first, then acts.
 */
export interface Step {
  readonly change: StepChange;
  readonly next: Next;
}

/** The changes of a step to its task. */
export type StepChange = Omit<TaskChange, "kind" | "id">;

export type Next =
  /** Choose the next action; between two actions, the task may also be left. */
  | { readonly do: "choose" }
  | { readonly do: "init"; readonly action: ActionRecord }
  | { readonly do: "execute"; readonly action: ActionRecord }
  | { readonly do: "recover"; readonly action: ActionRecord; readonly failure: FailureRecord }
  /** Nothing more to do for this task in this tick. */
  | { readonly do: "leave" }
  | { readonly do: "end" };

/** What the machine needs to know about the action's class. */
export interface ActionPolicy {
  readonly maxAttempts: number;
  /** Milliseconds. */
  retryDelay(failedAttempt: number): number;
  /** False if the author has not overridden it: it can then neither fail nor refuse, and needs no step of its own. */
  readonly overridesInit: boolean;
  readonly overridesRecovery: boolean;
  /** How many idle pauses in a row are no failure; may be infinite. */
  readonly maxIdlePauses: number;
  /** Milliseconds an attempt may work, over all ticks; may be infinite. */
  readonly attemptTimeout: number;
}

/**
 * What a pause says about the call of `executeAction` before it. `changed`: it has changed the action's params, the task's or the progress.
 * `idle`: it has not. `cut-short`: it has not, but it was asked to stop, or the deadline left it no time.
 */
export type Pause = "changed" | "idle" | "cut-short";

export interface TaskPolicy {
  readonly onActionFailed: "continue" | "stop";
}

export function currentAction(task: TaskRecord): ActionRecord | undefined {
  return task.currentAction === null ? undefined : task.actions[indexOfAction(task.actions, task.currentAction)];
}

/** A tick reaches the task. `policy` is that of the current action, if any. */
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

/** The next action has been chosen, or none is left. */
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

export function onFinished(action: ActionRecord): Step {
  return ended(action, "finished");
}

export function onPaused(action: ActionRecord, pause: Pause, policy: ActionPolicy, taskPolicy: TaskPolicy, now: number): Step {
  if (pause === "cut-short") return step({ status: "paused" }, [], { do: "leave" });
  if (pause === "changed") return step({ status: "paused" }, isIdle(action) ? [active(action.id)] : [], { do: "leave" });
  const idlePauses = (action.idlePauses ?? 0) + 1;
  if (idlePauses > policy.maxIdlePauses) return onFailed(action, stalled(action, idlePauses, policy, now), policy, taskPolicy, now);
  return step({ status: "paused" }, [{ id: action.id, set: { idlePauses } }], { do: "leave" });
}

export function onRecovered(action: ActionRecord, goOn: boolean, failure: FailureRecord, taskPolicy: TaskPolicy, now: number): Step {
  return goOn ? nextAttempt(action, now) : drop(action, failure, taskPolicy);
}

/**
 * One of the author's methods threw, or its process died. The status stays for the next tick, but after the last attempt the action is
 * dropped at once.
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

/** An end that is not the action's fault: it continues as if it had paused; an init or a recovery is called again. */
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

/** `getNextAction` threw: no action is to blame, so the task waits for the user. */
export function onChoiceFailed(error: ErrorRecord): Step {
  return { change: { set: { status: "failed", currentAction: null, error } }, next: { do: "leave" } };
}

/** True if one of the author's methods was called and its outcome is not known yet. */
export function isInFlight(task: TaskRecord): boolean {
  const action = currentAction(task);
  return action !== undefined && ["starting", "running", "recovering"].includes(task.status) && !failureOf(task, action);
}

const METHOD_OF_STATUS: Readonly<Partial<Record<TaskRecord["status"], FailureRecord["during"]>>> = {
  starting: "initActionParams",
  running: "executeAction",
  recovering: "changeActionParamsOnError",
};

/** The author's method that is being executed according to the status. */
export function methodAtWork(task: TaskRecord): FailureRecord["during"] {
  return METHOD_OF_STATUS[task.status] ?? "executeAction";
}

/** The failure behind the task's status: that of this attempt, in the method the status stands for. */
function failureOf(task: TaskRecord, action: ActionRecord): FailureRecord | undefined {
  const { error } = action;
  return error && error.attempt === action.attempt && error.during === METHOD_OF_STATUS[task.status] ? error : undefined;
}

function diedUnseen(action: ActionRecord, during: FailureRecord["during"], now: number): FailureRecord {
  const message = `The process executing ${action.class} ended during ${during} for an unknown reason.`;
  const at = timestamp(now);
  return { name: "ProcessDied", message, stack: `ProcessDied: ${message}`, kind: "process-died", attempt: action.attempt, during, at };
}

function stalled({ class: name, attempt }: ActionRecord, idlePauses: number, { maxIdlePauses }: ActionPolicy, now: number): FailureRecord {
  const message =
    `${name} paused ${idlePauses} times in a row without changing its params or its progress (its maxIdlePauses is ${maxIdlePauses}). ` +
    "If it waits for something, raise that number; if a request hangs, give the request a timeout.";
  const at = timestamp(now);
  return {
    name: "StalledError",
    message,
    stack: `StalledError: ${message}`,
    kind: "stalled",
    attempt,
    during: "executeAction",
    at,
  };
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

/** An attempt consumes a user's repair: if it fails too, the author's recovery is called again. */
function withRepair(begin: ActionChange, { repaired }: ActionRecord): ActionChange {
  return repaired ? { ...begin, unset: ["repaired"] } : begin;
}

/** A failed recovery must not hide the error it should recover from. */
function withCause(failure: FailureRecord, recoveredFrom: ErrorRecord | undefined): FailureRecord {
  return failure.cause || !recoveredFrom ? failure : { ...failure, cause: recoveredFrom };
}

function record(action: ActionRecord, failure: FailureRecord): ActionChange {
  return isIdle(action) ? { ...active(action.id), failure } : { id: action.id, failure };
}

function isIdle({ idlePauses }: ActionRecord): boolean {
  return idlePauses !== undefined;
}

/** Idle pauses count from the beginning again. */
function active(id: string): ActionChange {
  return { id, unset: ["idlePauses"] };
}

/** Once the action has finished, its last progress, its idle pauses and the failures of earlier attempts no longer matter. */
function ended(action: ActionRecord, outcome: "finished" | "dropped"): Step {
  const unset = outcome === "finished" ? (["error", "progress", "idlePauses"] as const).filter((key) => action[key] !== undefined) : [];
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
