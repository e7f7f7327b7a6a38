import type { Progress, TaskType } from "../../authoring/index.ts";
import type { ReportedAction, ReportedTask } from "../../service/tick/tick-report.ts";

export interface TaskReference {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
}

export interface ActionReference {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  /** Starts at 1. */
  readonly attempt: number;
}

/** One of the author's methods. */
export type AuthorsMethod = "initActionParams" | "changeActionParamsOnError" | "executeAction";

/** The events of a tick worker, as plain JSON: the calls of a `TickObserver`, without the bulk of the records. */
export type WorkerEvent =
  /** The mutex is held. `endTime` in epoch milliseconds. */
  | { readonly kind: "tick-started"; readonly fence: number; readonly endTime: number }
  | { readonly kind: "task-started"; readonly task: TaskReference }
  | {
      readonly kind: "action-started";
      readonly task: TaskReference;
      readonly action: ActionReference;
      readonly during: AuthorsMethod;
      /** Epoch milliseconds, if the action's `attemptTimeout` ends before the tick. */
      readonly attemptEnd?: number;
    }
  | {
      readonly kind: "action-progressed";
      readonly task: TaskReference;
      readonly action: ActionReference;
      readonly progress: Progress;
    }
  | { readonly kind: "action-ended"; readonly task: TaskReference; readonly action: ReportedAction }
  | { readonly kind: "task-ended"; readonly task: ReportedTask }
  /** Something the user should know that is not an action's failure. */
  | { readonly kind: "warning"; readonly message: string };
