import type { ErrorRecord, FailureRecord } from "../../store/index.ts";

/** A failure to show, in a stored task or an ended one. */
export interface Failure {
  readonly task: string;
  /** Empty if the task failed as a whole. */
  readonly action: string;
  readonly taskClass: string;
  /** The class of the failed action or task. */
  readonly class: string;
  readonly attempt?: number;
  readonly willRetry: boolean;
  /** The action's method that failed. */
  readonly during?: FailureRecord["during"];
  readonly error: ErrorRecord;
  /** Distinguishes it from every other failure of the same action. */
  readonly mark: string;
}

/** The marks of dismissed failures, by task and action. */
export type DismissedMarks = Readonly<Record<string, string>>;

export function isDismissed(failure: Failure, marks: DismissedMarks): boolean {
  return marks[dismissalKey(failure)] === failure.mark;
}

/** The key under which a failure is dismissed: its task and action. */
export function dismissalKey({ task, action }: Failure): string {
  return `${task}/${action}`;
}
