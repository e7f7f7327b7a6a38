/**
 * Why an action failed. `thrown`: it threw an error. `process-died`: exit, crash, out of memory, uncaught exception. `timed-out`: it stayed
 * busy past the deadline and grace period and was terminated, or its attempt used up its `attemptTimeout`. `stalled`: it paused more than
 * `maxIdlePauses` times in a row without changing anything.
 */
export type FailureKind = "thrown" | "process-died" | "timed-out" | "stalled";

/** The failure passed to `changeActionParamsOnError`. */
export interface ActionError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Number of the failed attempt, starting at 1. */
  readonly attempt: number;
  readonly kind: FailureKind;
}
