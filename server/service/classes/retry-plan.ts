import { delayRangeOf } from "../../authoring/retry-delay.ts";
import { attemptTimeoutOf, maxAttemptsOf, maxIdlePausesOf, wholeMilliseconds } from "./action-policy.ts";
import type { ActionClass } from "./class-registry.ts";

/** Maximum number of delays described; an action may have any number of attempts. */
const LONGEST_PLAN = 20;

/** How many attempts an action gets and after which delays, as the engine applies them. */
export interface RetryPlan {
  readonly maxAttempts: number;
  /** Milliseconds before attempts 2, 3, …, at most twenty of them. Absent if only the author's function knows them. */
  readonly retryDelays?: readonly number[];
  /** By which random fraction each delay may be shorter, 0 to 1. Absent: none. */
  readonly retryJitter?: number;
  /** Milliseconds that each attempt may work. Absent: no limit. */
  readonly attemptTimeout?: number;
  /** How many idle pauses in a row are no failure. Absent: no limit. */
  readonly maxIdlePauses?: number;
}

type PolicyMembers = Pick<ActionClass, "maxAttempts" | "retryDelay" | "attemptTimeout" | "maxIdlePauses">;

export function retryPlanOf(actionClass: PolicyMembers): RetryPlan {
  return { ...delaysOf(actionClass), ...limitsOf(actionClass) };
}

function limitsOf(actionClass: PolicyMembers): Pick<RetryPlan, "attemptTimeout" | "maxIdlePauses"> {
  const attemptTimeout = attemptTimeoutOf(actionClass);
  const maxIdlePauses = maxIdlePausesOf(actionClass);
  return { ...(Number.isFinite(attemptTimeout) && { attemptTimeout }), ...(Number.isFinite(maxIdlePauses) && { maxIdlePauses }) };
}

function delaysOf(actionClass: PolicyMembers): Pick<RetryPlan, "maxAttempts" | "retryDelays" | "retryJitter"> {
  const maxAttempts = maxAttemptsOf(actionClass);
  const { retryDelay } = actionClass;
  const range = delayRangeOf(retryDelay);
  const longest = (failedAttempt: number) => {
    if (typeof retryDelay === "number") return retryDelay;
    return range ? range.longest(failedAttempt) : retryDelay(failedAttempt);
  };
  try {
    const failedAttempts = Array.from({ length: Math.min(LONGEST_PLAN, maxAttempts - 1) }, (_, index) => index + 1);
    const retryDelays = failedAttempts.map((failedAttempt) => wholeMilliseconds(longest(failedAttempt)));
    return { maxAttempts, retryDelays, ...(range && range.jitter > 0 && { retryJitter: range.jitter }) };
  } catch {
    return { maxAttempts };
  }
}
