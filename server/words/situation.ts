import type { ActionState, TaskState, TickState } from "../protocol/folder-state.ts";
import { isReportedIdle } from "./idle-words.ts";

/** The situation of a task right now, from its status and everything related. */
export type TaskSituation =
  | "executing"
  | "damaged"
  | "problem"
  | "held"
  | "failed"
  /** Waiting for the time of its next attempt. */
  | "waiting"
  /** Its action failed, and will be retried in the next tick. */
  | "willRetry"
  /** Its action failed for good, and a user wants it retried, in the next tick. */
  | "retried"
  /** Its action failed in a way that ends it in the next tick. */
  | "givenUp"
  /** Its process died, and it continues in the next tick. */
  | "interrupted"
  | "paused"
  /** Its action has paused several times in a row without changing anything. */
  | "idle"
  | "created";

export type ActionSituation = "finished" | "dropped" | "cancelled" | "notStarted" | "pending" | TaskSituation;

/** What decides the situation, of a task as clients see it and of one as it is stored alike. */
export type JudgedTask = Pick<TaskState, "id" | "status" | "currentAction" | "held" | "nextAttemptAt" | "problem"> & {
  readonly actions: readonly JudgedAction[];
};

export type JudgedAction = Pick<ActionState, "id" | "outcome" | "idlePauses" | "isRetried"> & {
  readonly error?: unknown;
  /** Of a stored action; clients see `isRetried` instead. */
  readonly attempts?: readonly { readonly error?: unknown }[];
};

/** The tick under way, in whatever process. */
export type JudgedTick = Pick<TickState, "current"> | null;

export function situationOfTask(task: JudgedTask, tick: JudgedTick, now: number): TaskSituation {
  if (task.status === "damaged") return "damaged";
  if (tick?.current?.task === task.id) return "executing";
  if (task.held) return "held";
  if (task.problem !== undefined) return "problem";
  if (task.status === "failed") return "failed";
  if (isWaiting(task, now)) return "waiting";
  if (task.status === "paused") return situationOfPaused(currentActionOf(task));
  if (task.status === "created") return "created";
  if (currentActionOf(task)?.error) return task.status === "running" ? "willRetry" : "givenUp";
  // Between two actions, a tick briefly executes neither.
  return tick ? "executing" : "interrupted";
}

function situationOfPaused(action: JudgedAction | undefined): "paused" | "idle" | "retried" {
  // Every other pause belongs to an attempt that has not failed.
  if (action?.isRetried || action?.attempts?.at(-1)?.error !== undefined) return "retried";
  return action && isReportedIdle(action) ? "idle" : "paused";
}

export function situationOfAction(action: JudgedAction, task: JudgedTask, tick: JudgedTick, now: number): ActionSituation {
  switch (action.outcome) {
    case "finished":
    case "failed":
    case "dropped":
    case "cancelled":
      return action.outcome;
    case "not-started":
      return "notStarted";
    default:
      if (tick?.current?.task === task.id) return tick.current.action === action.id ? "executing" : "pending";
      return task.currentAction === action.id ? situationOfTask(task, tick, now) : "pending";
  }
}

/** True until the time of its next attempt. */
export function isWaiting({ nextAttemptAt }: Pick<TaskState, "nextAttemptAt">, now: number): boolean {
  return nextAttemptAt !== undefined && Date.parse(nextAttemptAt) > now;
}

export function currentActionOf<Action extends Pick<ActionState, "id">>(task: {
  readonly currentAction: string | null;
  readonly actions: readonly Action[];
}): Action | undefined {
  return task.actions.find(({ id }) => id === task.currentAction);
}

/** True if something in the task failed. */
export function hasFailure({ error, actions }: TaskState): boolean {
  return error !== undefined || actions.some(isFailure);
}

/** True if something in the task failed that the user has not dismissed. */
export function hasOpenFailure({ error, dismissed, actions }: TaskState): boolean {
  return (error !== undefined && !dismissed) || actions.some(isOpenFailure);
}

/** True if every failure in the task was dismissed. */
export function isDismissed(task: TaskState): boolean {
  return hasFailure(task) && !hasOpenFailure(task);
}

export function isOpenFailure(action: ActionState): boolean {
  return isFailure(action) && !action.dismissed;
}

/** True for an action that failed and did not succeed afterwards. */
export function isFailure({ outcome, error }: ActionState): boolean {
  return outcome === "failed" || (outcome === undefined && error !== undefined);
}
