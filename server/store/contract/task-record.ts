import type { FailureKind, Json, Progress, TaskType } from "../../authoring/index.ts";

export type TaskId = string;
/** Unique within its task. */
export type ActionId = string;
/** ISO 8601, UTC, with milliseconds. */
export type Timestamp = string;

export const TASK_STATUSES = ["created", "starting", "running", "recovering", "paused", "failed"] as const;
/** `finished` is not among them: a finished task leaves the store for the history. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** One line of a call stack, in the user's own source where a source map leads there. Line and column are 1-based. */
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

/** An error as it is kept on an action: with what it interrupted. */
export interface FailureRecord extends ErrorRecord {
  readonly kind: FailureKind;
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  /** Which of the author's methods was at work. */
  readonly during: "initActionParams" | "changeActionParamsOnError" | "executeAction";
  readonly at: Timestamp;
}

export interface AttemptRecord {
  readonly startedAt: Timestamp;
  /** Time spent in `executeAction`, over all ticks of this attempt; pauses between ticks do not count. */
  readonly durationMs: number;
  /** The params it started with. */
  readonly params: Json;
  /** Where it failed with others: those it had saved last, by a checkpoint or a pause. */
  readonly savedParams?: Json;
  readonly error?: FailureRecord;
}

/** A person replaced the params of an action. */
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
  /** The attempt under way or, while it waits for a retry, the one that failed; 0 before the first. */
  readonly attempt: number;
  /** The first and the last ones, oldest first; bounded. The last is the one under way while the action is current. */
  readonly attempts: readonly AttemptRecord[];
  /** The last ones, oldest first; bounded. */
  readonly edits?: readonly ParamsEdit[];
  /** A person has edited the params since the last attempt failed: the next one is made with them as they are, without a recovery. */
  readonly repaired?: true;
  readonly outcome?: ActionOutcome;
  readonly progress?: Progress;
  /** The last failure; kept after a later attempt succeeds only in `attempts`. */
  readonly error?: FailureRecord;
}

/** A task as it is stored. Records are never changed in place by those who read them. */
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
  /** In order of creation; ended ones stay, with their outcome. */
  readonly actions: readonly ActionRecord[];
  /** How many ticks have worked on it. */
  readonly ticks: number;
  /** The fencing number of the tick that worked on it last. */
  readonly fence?: number;
  /** Paused by a person; left alone until resumed. */
  readonly held?: true;
  /** Not before this moment, because of the current action's `retryDelay`. */
  readonly nextAttemptAt?: Timestamp;
  /** Why ticks leave it alone (its class is missing, …), in words for people. */
  readonly problem?: string;
  /** Why the task as a whole failed (`getNextAction` threw). */
  readonly error?: ErrorRecord;
  /** Created by its class's schedule: it is executed inside the schedule's window only. */
  readonly scheduled?: true;
}

/** A stored task that this version cannot understand. It is kept and shown, and never executed. */
export interface DamagedTask {
  readonly id: TaskId;
  readonly name: string;
  readonly class: string;
  readonly problem: string;
  /** As it stands in the store. */
  readonly raw: string;
}

export type TaskOutcome = "finished" | "finished-with-failures" | "cancelled";

/** What is kept of a task that has ended. */
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

export interface HistoryAction {
  readonly id: ActionId;
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  readonly outcome: ActionOutcome;
  readonly attempts: readonly AttemptRecord[];
  /** The last ones, oldest first. */
  readonly edits?: readonly ParamsEdit[];
  readonly durationMs: number;
}

/** What is remembered of a schedule between ticks. */
export interface ScheduleRecord {
  /** The name of the class it belongs to. */
  readonly name: string;
  /** `null`: never again. */
  readonly nextOccurrence: Timestamp | null;
  /** The schedule in words, to notice that it was edited. */
  readonly definition?: string;
  readonly lastOccurrence?: Timestamp;
  /** What a user's own `ScheduledProcess` returned, or why it failed. */
  readonly lastResult?: string;
}
