import type { Progress } from "../../authoring/index.ts";
import type { ActionRecord, TaskRecord } from "../../store/index.ts";
import type { ReportedAction, ReportedTask } from "./tick-report.ts";

/** Told what a tick does while it does it. Calls are synchronous and must not throw. */
export interface TickObserver {
  /** The mutex is held; `endTime` in epoch milliseconds. */
  tickStarted?(tick: { readonly fence: number; readonly endTime: number; readonly warnings: readonly string[] }): void;
  /** The tick looks at a task: it will not look at it again. */
  taskStarted?(task: TaskRecord): void;
  /** One of the author's methods is about to be called. */
  actionStarted?(task: TaskRecord, action: ActionRecord, during: "initActionParams" | "changeActionParamsOnError" | "executeAction"): void;
  actionProgressed?(task: TaskRecord, action: ActionRecord, progress: Progress): void;
  actionEnded?(task: TaskRecord, action: ReportedAction): void;
  taskEnded?(task: ReportedTask): void;
  /** Something people should know of that is no action's failure: a class that is missing, a repaired store. */
  warning?(message: string): void;
}
