import type { Json } from "../../authoring/index.ts";
import type { ActionId, ActionRecord, FailureRecord, ScheduleRecord, TaskId, TaskOutcome, TaskRecord, Timestamp } from "./task-record.ts";

/** The fields of a record that may change, and those of them that may be taken away. */
type Settable<Shape, Fixed extends keyof Shape> = Partial<Omit<Shape, Fixed>>;

export interface ActionChange {
  readonly id: ActionId;
  readonly set?: Settable<ActionRecord, "id">;
  readonly unset?: readonly ("outcome" | "progress" | "error" | "repaired")[];
  /** An attempt begins at this moment, with the action's params as they are after `set`. */
  readonly beginAttempt?: Timestamp;
  /** Milliseconds that the last attempt has taken up to now. */
  readonly attemptDurationMs?: number;
  /** The action's error and that of its last attempt; an action that failed before its first attempt gets one for it. */
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
  /** The task leaves the store and becomes a history entry; an action without an outcome becomes `not-started`. */
  | { readonly kind: "end"; readonly id: TaskId; readonly outcome: TaskOutcome; readonly endedAt: Timestamp }
  | { readonly kind: "schedule"; readonly schedule: ScheduleRecord };

/** Changes that become visible, and durable, together or not at all. */
export interface Transaction {
  readonly changes: readonly Change[];
  /** The request that this transaction fulfils; it leaves the inbox with it, exactly once. */
  readonly request?: string;
}

/** What any process may ask of the tasks, whoever holds the mutex. The store keeps requests, the service gives them their meaning. */
export type RequestBody =
  | { readonly kind: "create"; readonly tasks: readonly TaskRecord[] }
  | { readonly kind: "cancel" | "retry" | "pause" | "resume"; readonly task: TaskId }
  /** Replaces the params of an action; with `before`, only if they are still these by then: an action may have gone on meanwhile. */
  | { readonly kind: "params"; readonly task: TaskId; readonly action: ActionId; readonly params: Json; readonly before?: Json }
  /** A class has another name now: stored tasks, or actions that have not ended, of the old name get the new one. */
  | { readonly kind: "class"; readonly of: "task" | "action"; readonly from: string; readonly to: string }
  /** A tick was ended by us, not by its action: what it was executing counts as paused. */
  | { readonly kind: "interrupted"; readonly fence: number };

export interface TaskRequest {
  readonly id: string;
  readonly at: Timestamp;
  readonly body: RequestBody;
}
