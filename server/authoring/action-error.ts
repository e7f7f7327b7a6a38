/**
 * What made an action fail: it threw, its process ended under it (exit, crash, out of memory, an exception nobody caught),
 * or it was still busy after the deadline and the grace and had to be ended.
 */
export type FailureKind = "thrown" | "process-died" | "timed-out";

/** A failure as it reaches `changeActionParamsOnError`. */
export interface ActionError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly kind: FailureKind;
}
