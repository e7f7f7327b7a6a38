import { delayRangeOf } from "../../authoring/retry-delay.ts";
import { maxAttemptsOf, wholeMilliseconds } from "./action-policy.ts";
import type { ActionClass } from "./class-registry.ts";

/** Delays told; an action may have any number of attempts. */
const LONGEST_PLAN = 20;

/** How often an action is tried, and after what time, as the engine does it. */
export interface RetryPlan {
  readonly maxAttempts: number;
  /** Milliseconds before the attempts 2, 3, …, the first twenty of them. Absent where the author's function cannot tell them. */
  readonly retryDelays?: readonly number[];
  /** By how much of itself each delay may be shorter by chance, 0 to 1. Absent: by nothing. */
  readonly retryJitter?: number;
}

export function retryPlanOf(actionClass: Pick<ActionClass, "maxAttempts" | "retryDelay">): RetryPlan {
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
