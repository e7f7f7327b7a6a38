import type { LoadProblem } from "./tick-event.ts";

/** ISO 8601, UTC. */
type Timestamp = string;

/** The state of one workspace folder that a client shows. Sent in full once, then as changes. */
export interface FolderState {
  /** As given by the client when it opened the folder. */
  readonly uri: string;
  readonly name: string;
  /** Why nothing can be shown or done here, as a message: the store cannot be used, the configuration is invalid. */
  readonly problem?: string;
  /** Found by name, without executing any code. */
  readonly taskFiles: readonly string[];
  /** The exports of task files according to the last scan; empty before the first, and in an untrusted workspace. */
  readonly classes: readonly ClassState[];
  /** True once the task files have been scanned: only then does an empty list mean that there are no classes. */
  readonly areClassesKnown: boolean;
  readonly loadProblems: readonly LoadProblem[];
  readonly tasks: readonly TaskState[];
  /** The current tick, in any process. */
  readonly tick: TickState | null;
  readonly autoTick: "off" | "onSchedule" | "onSave";
  readonly node: NodeState;
}

export interface ClassState {
  readonly kind: "task" | "action" | "process";
  readonly name: string;
  /** Absolute path. */
  readonly file?: string;
  /** 1-based line of its declaration. */
  readonly line?: number;
  readonly schedule?: string;
  readonly nextOccurrence?: Timestamp | null;
  /** Up to five occurrences that were in the future when this was sent, in order; omit those that have passed since. */
  readonly nextOccurrences?: readonly Timestamp[];
  /** IANA name of the time zone the schedule uses. */
  readonly timeZone?: string;
  /** For an action class, including the first attempt. */
  readonly maxAttempts?: number;
  /** Milliseconds before attempts 2, 3, …, at most twenty of them. */
  readonly retryDelays?: readonly number[];
  /** By which random fraction each of them may be shorter, 0 to 1. */
  readonly retryJitter?: number;
  /** Milliseconds that each attempt may work; absent: no limit. */
  readonly attemptTimeout?: number;
  /** How many idle pauses in a row are no failure; absent: no limit. */
  readonly maxIdlePauses?: number;
  readonly problem?: string;
}

export interface TaskState {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly type: "interactive" | "cron";
  readonly status: "created" | "starting" | "running" | "recovering" | "paused" | "failed" | "damaged";
  readonly message: string;
  readonly createdAt: Timestamp;
  readonly currentAction: string | null;
  /** In rank order. */
  readonly actions: readonly ActionState[];
  readonly held?: true;
  readonly nextAttemptAt?: Timestamp;
  readonly problem?: string;
  readonly error?: FailureState;
  /** The user has dismissed that error, which is the task's own. */
  readonly dismissed?: true;
}

export interface ActionState {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly rank: number;
  readonly attempt: number;
  readonly maxAttempts?: number;
  readonly outcome?: "finished" | "failed" | "dropped" | "cancelled" | "not-started";
  readonly progress?: { readonly done?: number; readonly total?: number; readonly message?: string };
  /** How many times in a row it has paused without changing its params, the task's params or its progress. */
  readonly idlePauses?: number;
  /** It failed for good, and a user wants it retried. */
  readonly isRetried?: true;
  readonly error?: FailureState;
  /** It failed, and the user has dismissed that: Problems and counts omit it. */
  readonly dismissed?: true;
}

/** The part of an error that fits on one line; the task's data has the rest. */
export interface FailureState {
  readonly name: string;
  readonly message: string;
  /** Absolute path, 1-based line and column. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface TickState {
  /** `person`: started by the user of this window. `automatic`: due by schedule or after a save. `elsewhere`: another process. */
  readonly startedBy: "person" | "automatic" | "elsewhere";
  readonly startedAt: Timestamp;
  /** Tasks processed so far, and those that were waiting at the start. */
  readonly done: number;
  readonly total: number;
  /** The action being executed. */
  readonly current: { readonly task: string; readonly action: string } | null;
  readonly isCancelling: boolean;
  readonly isDebugged: boolean;
}

/** The Node that executes user code, or why there is none. */
export interface NodeState {
  readonly path?: string;
  readonly version?: string;
  /** Where it was found. */
  readonly source?: "setting" | "path" | "login-shell" | "editor";
  readonly problem?: string;
}

/** What changed in a folder; omitted properties are unchanged. */
export interface FolderChange {
  readonly uri: string;
  /** Increases by one with each change of this folder; after a gap the full state must be requested. */
  readonly revision: number;
  readonly set?: Partial<Omit<FolderState, "uri" | "name" | "tasks">>;
  readonly unset?: readonly "problem"[];
  /** New and changed tasks, in full. */
  readonly tasks?: readonly TaskState[];
  /** Ids of tasks with other changes that only their full data shows. */
  readonly touched?: readonly string[];
  /** Ids of tasks that have left the store. */
  readonly removed?: readonly string[];
  /** The history has a new entry. */
  readonly historyChanged?: true;
}

export interface FolderSnapshot {
  readonly revision: number;
  readonly state: FolderState;
}
