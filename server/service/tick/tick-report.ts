import type { TaskType } from "../../authoring/index.ts";
import type { ErrorRecord, TaskId, TaskStatus } from "../../store/index.ts";

/** `locked`: another tick holds the mutex, nothing was done. `cancelled`: somebody asked this tick to stop. */
export type TickOutcome = "done" | "time-budget-spent" | "locked" | "cancelled";

/** `dropped`: there was nothing to do. `will-retry`: failed, and a next attempt is due. */
export type ReportedActionOutcome = "finished" | "paused" | "failed" | "dropped" | "will-retry" | "cancelled";

/** What one tick did. The JSON of `background-tasks tick --json`. */
export interface TickReport {
  readonly outcome: TickOutcome;
  readonly durationMs: number;
  /** The tasks it worked on, in that order. */
  readonly tasks: readonly ReportedTask[];
  /** The scheduled processes, other than tasks, that were due. Left out when there were none. */
  readonly processes?: readonly ReportedProcess[];
}

export interface ReportedTask {
  readonly id: TaskId;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  /** When the tick left it; `finished` and `cancelled` tasks are in the history now. */
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
  /** Time spent in the author's methods in this tick. */
  readonly durationMs: number;
  readonly error?: ErrorRecord;
}

export interface ReportedProcess {
  readonly name: string;
  readonly outcome: "finished" | "failed";
  readonly message?: string;
  readonly error?: ErrorRecord;
}
