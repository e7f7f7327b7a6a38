import type { Json } from "../../authoring/index.ts";
import type { ActionId, ActionRecord, FailureRecord, ScheduleRecord, TaskId, TaskOutcome, TaskRecord, Timestamp } from "./task-record.ts";

/** The fields of a record that may change, and those that may be removed. */
type Settable<Shape, Fixed extends keyof Shape> = Partial<Omit<Shape, Fixed>>;

export interface ActionChange {
  readonly id: ActionId;
  readonly set?: Settable<ActionRecord, "id">;
  readonly unset?: readonly ("outcome" | "progress" | "idlePauses" | "error" | "repaired")[];
  /** Starts an attempt at this time, with the action's params after `set`. */
  readonly beginAttempt?: Timestamp;
  /** Milliseconds that the last attempt has taken so far. */
  readonly attemptDurationMs?: number;
  /** The error of the action and its last attempt; an action that failed before its first attempt gets an attempt for it. */
  readonly failure?: FailureRecord;
}

export interface TaskChange {
  readonly kind: "change";
  readonly id: TaskId;
  readonly set?: Settable<TaskRecord, "id" | "actions" | "createdAt">;
  readonly unset?: readonly ("held" | "nextAttemptAt" | "problem" | "error")[];
  readonly actions?: readonly ActionChange[];
  readonly addActions?: readonly ActionRecord[];
}

export type Change =
  | { readonly kind: "create"; readonly task: TaskRecord }
  | TaskChange
  /** Moves the task from the store to the history; actions without an outcome become `not-started`. */
  | { readonly kind: "end"; readonly id: TaskId; readonly outcome: TaskOutcome; readonly endedAt: Timestamp }
  | { readonly kind: "schedule"; readonly schedule: ScheduleRecord };

/** Changes that become visible and durable together or not at all. */
export interface Transaction {
  readonly changes: readonly Change[];
  /** The request that this transaction fulfils; it is removed from the inbox together with it, exactly once. */
  readonly request?: string;
}

/** What any process may request, regardless of which one holds the mutex. The store keeps requests; the service interprets them. */
export type RequestBody =
  | { readonly kind: "create"; readonly tasks: readonly TaskRecord[] }
  | { readonly kind: "cancel" | "retry" | "pause" | "resume"; readonly task: TaskId }
  /** Replaces the params of an action; with `before`, only if they still equal it, because the action may have continued. */
  | { readonly kind: "params"; readonly task: TaskId; readonly action: ActionId; readonly params: Json; readonly before?: Json }
  /** Renames a class: stored tasks and unended actions of the old name get the new one. */
  | { readonly kind: "class"; readonly of: "task" | "action"; readonly from: string; readonly to: string }
  /** The tick was stopped by us, not by its action: the action being executed counts as paused. */
  | { readonly kind: "interrupted"; readonly fence: number };

export interface TaskRequest {
  readonly id: string;
  readonly at: Timestamp;
  readonly body: RequestBody;
}
