import type { ErrorRecord, FailureRecord } from "../../store/index.ts";

/** A failure that people have to know of, in a task that lives or in one that has ended. */
export interface Failure {
  readonly task: string;
  /** Empty where the task failed as a whole. */
  readonly action: string;
  readonly taskClass: string;
  /** Of what failed: an action, or the task. */
  readonly class: string;
  readonly attempt?: number;
  readonly willRetry: boolean;
  /** The action's method that failed. */
  readonly during?: FailureRecord["during"];
  readonly error: ErrorRecord;
  /** Tells it from every other failure of the same action. */
  readonly mark: string;
}

/** The marks of dismissed failures, by task and action. */
export type DismissedMarks = Readonly<Record<string, string>>;

export function isDismissed(failure: Failure, marks: DismissedMarks): boolean {
  return marks[dismissalKey(failure)] === failure.mark;
}

/** What a failure is dismissed by: its task and action. */
export function dismissalKey({ task, action }: Failure): string {
  return `${task}/${action}`;
}
