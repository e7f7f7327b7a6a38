import type { Progress } from "../../authoring/index.ts";
import type { ActionRecord, TaskRecord } from "../../store/index.ts";
import type { ReportedAction, ReportedTask } from "./tick-report.ts";

/** Notified of what a tick does. Calls are synchronous and must not throw. */
export interface TickObserver {
  /** The mutex is held; `endTime` in epoch milliseconds. */
  tickStarted?(tick: { readonly fence: number; readonly endTime: number; readonly warnings: readonly string[] }): void;
  /** The tick starts processing a task; it does so once per task. */
  taskStarted?(task: TaskRecord): void;
  /** One of the author's methods is about to be called. `attemptEnd`: epoch milliseconds, if its `attemptTimeout` ends before the tick. */
  actionStarted?(
    task: TaskRecord,
    action: ActionRecord,
    during: "initActionParams" | "changeActionParamsOnError" | "executeAction",
    attemptEnd?: number,
  ): void;
  /** A call of one of the author's methods is over, whichever way, and nothing else has happened since. `method`: with its class. */
  methodLeft?(method: string): void;
  actionProgressed?(task: TaskRecord, action: ActionRecord, progress: Progress): void;
  actionEnded?(task: TaskRecord, action: ReportedAction): void;
  taskEnded?(task: ReportedTask): void;
  /** Something the user should know that is not an action's failure: a missing class, a repaired store. */
  warning?(message: string): void;
}
