/**
 * Why an action failed: it threw an error, its process died (exit, crash, out of memory, uncaught exception), or it stayed busy past the
 * deadline and grace period and was terminated.
 */
export type FailureKind = "thrown" | "process-died" | "timed-out";

/** The failure passed to `changeActionParamsOnError`. */
export interface ActionError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Number of the failed attempt, starting at 1. */
  readonly attempt: number;
  readonly kind: FailureKind;
}
