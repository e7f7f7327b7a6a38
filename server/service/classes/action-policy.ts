import { DEFAULT_METHOD } from "../../authoring/brand.ts";
import type { AnyAction, AnyTask } from "../../authoring/index.ts";
import type { ActionPolicy, TaskPolicy } from "../machine/task-machine.ts";
import type { ActionClass, TaskClass } from "./class-registry.ts";

const DEFAULT_MAX_ATTEMPTS = 5;

/** Reads what the state machine needs to know about an action from its class. Invalid values count as the defaults. */
export function actionPolicy(action: AnyAction, actionClass: ActionClass): ActionPolicy {
  const { retryDelay } = actionClass;
  return {
    maxAttempts: maxAttemptsOf(actionClass),
    retryDelay: (failedAttempt) => wholeMilliseconds(typeof retryDelay === "function" ? retryDelay(failedAttempt) : retryDelay),
    maxIdlePauses: maxIdlePausesOf(actionClass),
    attemptTimeout: attemptTimeoutOf(actionClass),
    overridesInit: isOverridden(action.initActionParams),
    overridesRecovery: isOverridden(action.changeActionParamsOnError),
  };
}

export function maxAttemptsOf({ maxAttempts }: Pick<ActionClass, "maxAttempts">): number {
  return Number.isInteger(maxAttempts) && maxAttempts >= 1 ? maxAttempts : DEFAULT_MAX_ATTEMPTS;
}

export function maxIdlePausesOf({ maxIdlePauses }: Pick<ActionClass, "maxIdlePauses">): number {
  return Number.isInteger(maxIdlePauses) && maxIdlePauses >= 0 ? maxIdlePauses : Number.POSITIVE_INFINITY;
}

export function attemptTimeoutOf({ attemptTimeout }: Pick<ActionClass, "attemptTimeout">): number {
  return Number.isFinite(attemptTimeout) && attemptTimeout > 0 ? attemptTimeout : Number.POSITIVE_INFINITY;
}

export function taskPolicy(taskClass: TaskClass): TaskPolicy {
  return { onActionFailed: taskClass.onActionFailed === "stop" ? "stop" : "continue" };
}

export function overridesChoice(task: AnyTask): boolean {
  return isOverridden(task.getNextAction);
}

export function overridesCreateActions(task: AnyTask): boolean {
  return isOverridden(task.createActions);
}

function isOverridden(method: object): boolean {
  return (method as { readonly [DEFAULT_METHOD]?: true })[DEFAULT_METHOD] !== true;
}

/** The delay the engine actually waits for a given value. */
export function wholeMilliseconds(delay: number): number {
  return Number.isFinite(delay) && delay > 0 ? Math.ceil(delay) : 0;
}
