import type { FailureKind, Json, Progress, TaskType } from "../../authoring/index.ts";

export type TaskId = string;
/** Unique within its task. */
export type ActionId = string;
/** ISO 8601, UTC, with milliseconds. */
export type Timestamp = string;

export const TASK_STATUSES = ["created", "starting", "running", "recovering", "paused", "failed"] as const;
/** Excludes `finished`: a finished task moves from the store to the history. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** One frame of a call stack, in the user's own source if a source map leads there. Line and column are 1-based. */
export interface StackFrame {
  readonly function?: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The first frame of the user's own source: absolute path, 1-based line and column. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The frames of the user's own source, innermost first; bounded. */
  readonly frames?: readonly StackFrame[];
  readonly cause?: ErrorRecord;
}

/** An error stored on an action, with the method it interrupted. */
export interface FailureRecord extends ErrorRecord {
  readonly kind: FailureKind;
  /** Number of the failed attempt, starting at 1. */
  readonly attempt: number;
  /** The author's method that was being executed. */
  readonly during: "initActionParams" | "changeActionParamsOnError" | "executeAction";
  readonly at: Timestamp;
}

export interface AttemptRecord {
  readonly startedAt: Timestamp;
  /** Time spent in `executeAction`, over all ticks of this attempt; pauses between ticks do not count. */
  readonly durationMs: number;
  /** The params at its start. */
  readonly params: Json;
  /** The params last saved by a checkpoint or a pause, if it failed with others. */
  readonly savedParams?: Json;
  readonly error?: FailureRecord;
}

/** A user's replacement of an action's params. */
export interface ParamsEdit {
  readonly at: Timestamp;
  readonly before: Json;
  readonly after: Json;
}

/** `dropped`: there was nothing to do (`initActionParams` returned false). */
export type ActionOutcome = "finished" | "failed" | "dropped" | "cancelled" | "not-started";

export interface ActionRecord {
  readonly id: ActionId;
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  readonly params: Json;
  /** The current attempt or, while the action waits for a retry, the failed one; 0 before the first. */
  readonly attempt: number;
  /** The first and the last attempts, oldest first; bounded. While the action is current, the last one is the current attempt. */
  readonly attempts: readonly AttemptRecord[];
  /** The most recent edits, oldest first; bounded. */
  readonly edits?: readonly ParamsEdit[];
  /** A user has edited the params since the last attempt failed: the next attempt uses them unchanged, without a recovery. */
  readonly repaired?: true;
  readonly outcome?: ActionOutcome;
  readonly progress?: Progress;
  /** How many times in a row it has paused without changing its params, the task's params or its progress; omitted for none. */
  readonly idlePauses?: number;
  /** The last failure; after a later attempt succeeds, it is kept only in `attempts`. */
  readonly error?: FailureRecord;
}

/** A stored task. Readers never change records in place. */
export interface TaskRecord {
  readonly id: TaskId;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  readonly status: TaskStatus;
  readonly message: string;
  readonly params: Json;
  readonly createdAt: Timestamp;
  /** `null` between two actions and before the first. */
  readonly currentAction: ActionId | null;
  /** In order of creation; ended actions stay, with their outcome. */
  readonly actions: readonly ActionRecord[];
  /** The number of ticks that have worked on it. */
  readonly ticks: number;
  /** The fencing number of the last tick that worked on it. */
  readonly fence?: number;
  /** Paused by a user; skipped until resumed. */
  readonly held?: true;
  /** Earliest time of the next attempt, from the current action's `retryDelay`. */
  readonly nextAttemptAt?: Timestamp;
  /** Why ticks skip it (its class is missing, …), as a message. */
  readonly problem?: string;
  /** Why the task as a whole failed (`getNextAction` threw). */
  readonly error?: ErrorRecord;
  /** Created by its class's schedule; only executed inside the schedule's window. */
  readonly scheduled?: true;
}

/** A stored task that this version cannot interpret. It is kept and shown, but never executed. */
export interface DamagedTask {
  readonly id: TaskId;
  readonly name: string;
  readonly class: string;
  readonly problem: string;
  /** Its text in the store. */
  readonly raw: string;
}

export type TaskOutcome = "finished" | "finished-with-failures" | "cancelled";

/** The record of an ended task. */
export interface HistoryEntry {
  readonly id: TaskId;
  readonly name: string;
  readonly class: string;
  readonly type: TaskType;
  readonly outcome: TaskOutcome;
  readonly message: string;
  readonly params: Json;
  readonly createdAt: Timestamp;
  readonly endedAt: Timestamp;
  readonly ticks: number;
  readonly actions: readonly HistoryAction[];
}

/** A line of the history that this version cannot interpret. It is kept and shown. */
export interface DamagedEntry {
  /** Of its task; empty where they cannot be read. */
  readonly id: TaskId;
  readonly name: string;
  readonly problem: string;
  /** Its text in the store. */
  readonly raw: string;
}

export interface HistoryAction {
  readonly id: ActionId;
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  readonly outcome: ActionOutcome;
  /** The params last saved, if they differ from those its last attempt started with. */
  readonly params?: Json;
  readonly attempts: readonly AttemptRecord[];
  /** The most recent edits, oldest first. */
  readonly edits?: readonly ParamsEdit[];
  readonly durationMs: number;
}

/** The state of a schedule between ticks. */
export interface ScheduleRecord {
  /** The name of its class. */
  readonly name: string;
  /** `null`: never due again. */
  readonly nextOccurrence: Timestamp | null;
  /** The schedule as text, to detect edits. */
  readonly definition?: string;
  readonly lastOccurrence?: Timestamp;
  /** What a user-defined `ScheduledProcess` returned, or why it failed. */
  readonly lastResult?: string;
}
