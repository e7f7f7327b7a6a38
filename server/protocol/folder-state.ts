import type { LoadProblem } from "./tick-event.ts";

/** ISO 8601, UTC. */
type Timestamp = string;

/** What a client shows of one workspace folder. Sent whole once, then as changes. */
export interface FolderState {
  /** As the client named it when it opened the folder. */
  readonly uri: string;
  readonly name: string;
  /** Why nothing can be shown or done here, in words for people: the store cannot be used, the configuration is wrong. */
  readonly problem?: string;
  /** Found by name, without executing anything. */
  readonly taskFiles: readonly string[];
  /** What task files export, as the last look at them found it; empty before the first, and in an untrusted workspace. */
  readonly classes: readonly ClassState[];
  /** Whether the task files were looked into: only then do no classes mean that there are none. */
  readonly areClassesKnown: boolean;
  readonly loadProblems: readonly LoadProblem[];
  readonly tasks: readonly TaskState[];
  /** The tick under way, whichever process executes it. */
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
  /** Up to five times that were still to come when this was sent, in order; those that have passed since are to be left out. */
  readonly nextOccurrences?: readonly Timestamp[];
  /** IANA name of the zone whose clock the schedule goes by. */
  readonly timeZone?: string;
  /** Of an action class, the first attempt included. */
  readonly maxAttempts?: number;
  /** Milliseconds before the attempts 2, 3, …, the first twenty of them. */
  readonly retryDelays?: readonly number[];
  /** By how much of itself each of them may be shorter by chance, 0 to 1. */
  readonly retryJitter?: number;
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
  /** That error, which is the task's own, was dismissed by a person. */
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
  readonly error?: FailureState;
  /** It failed, and that was dismissed by a person: Problems and counts leave it out. */
  readonly dismissed?: true;
}

/** The part of an error that fits a line; the whole is in the task's data. */
export interface FailureState {
  readonly name: string;
  readonly message: string;
  /** Absolute path, 1-based line and column. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface TickState {
  /** `person`: asked for in this window. `automatic`: due by schedule or after a save. `elsewhere`: another process. */
  readonly startedBy: "person" | "automatic" | "elsewhere";
  readonly startedAt: Timestamp;
  /** Tasks looked at up to now, and those that were waiting when it began. */
  readonly done: number;
  readonly total: number;
  /** What is executed now. */
  readonly current: { readonly task: string; readonly action: string } | null;
  readonly isCancelling: boolean;
  readonly isDebugged: boolean;
}

/** Which Node executes user code, or why there is none. */
export interface NodeState {
  readonly path?: string;
  readonly version?: string;
  /** Where it was found. */
  readonly source?: "setting" | "path" | "login-shell" | "editor";
  readonly problem?: string;
}

/** What changed in a folder: whatever is left out is as it was. */
export interface FolderChange {
  readonly uri: string;
  /** Grows by one with each change of this folder; a gap means that something was missed and the whole has to be asked for. */
  readonly revision: number;
  readonly set?: Partial<Omit<FolderState, "uri" | "name" | "tasks">>;
  readonly unset?: readonly "problem"[];
  /** New ones and changed ones, whole. */
  readonly tasks?: readonly TaskState[];
  /** Ids of tasks of which something else has changed, which only their whole data shows. */
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
