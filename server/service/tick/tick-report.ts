import type { TaskType } from "../../authoring/index.ts";
import type { ErrorRecord, TaskId, TaskStatus } from "../../store/index.ts";
import type { SkippedTasks } from "./skipped-tasks.ts";

/** `locked`: another tick holds the mutex, nothing was done. `cancelled`: this tick was asked to stop. */
export type TickOutcome = "done" | "time-budget-spent" | "locked" | "cancelled";

/** `dropped`: there was nothing to do. `will-retry`: failed, and another attempt follows. */
export type ReportedActionOutcome = "finished" | "paused" | "failed" | "dropped" | "will-retry" | "cancelled";

/** The result of a tick. */
export interface TickReport {
  readonly outcome: TickOutcome;
  readonly durationMs: number;
  /** The tasks it worked on, in order. */
  readonly tasks: readonly ReportedTask[];
  /** The due scheduled processes that are not tasks. Omitted if there were none. */
  readonly processes?: readonly ReportedProcess[];
  /** The tasks it did not execute, of those that its filter selects. Omitted if there are none. */
  readonly skipped?: SkippedTasks;
}

export interface ReportedTask {
  readonly id: TaskId;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  /** The status in which the tick left it; `finished` and `cancelled` tasks are now in the history. */
  readonly status: TaskStatus | "finished" | "cancelled";
  readonly actions: readonly ReportedAction[];
  /** Why the task as a whole failed (`getNextAction` threw). */
  readonly error?: ErrorRecord;
}

export interface ReportedAction {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly outcome: ReportedActionOutcome;
  readonly attempt: number;
  /** Time spent in the author's methods during this tick. */
  readonly durationMs: number;
  /** How many times in a row, counting this one, it has paused without changing its params, the task's params or its progress. */
  readonly idlePauses?: number;
  readonly error?: ErrorRecord;
}

export interface ReportedProcess {
  readonly name: string;
  readonly outcome: "finished" | "failed";
  readonly message?: string;
  readonly error?: ErrorRecord;
}
