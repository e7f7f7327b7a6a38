import type { FailureKind } from "../authoring/index.ts";
import type { ErrorRecord, TaskId, TaskStore } from "../store/index.ts";
import type { TickObserver } from "./tick/tick-observer.ts";

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Calls one of the author's methods; where a debugger watches, in a way that lets it see what they throw as uncaught. */
export type CallAuthor = <Answer>(call: () => Answer | Promise<Answer>) => Promise<Answer>;

/** A class exported from a task file, and where it was found. */
export interface ExportedClass {
  readonly class: unknown;
  /** Absolute path of the task file. */
  readonly file?: string;
}

export interface ServiceOptions {
  readonly store: TaskStore;
  /** The exported classes of tasks, actions and scheduled processes; whatever else is among them is ignored. */
  readonly classes: readonly unknown[];
  /** Milliseconds a tick may take. Default 30,000. */
  readonly maxExecutionTime?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** How a process died under an action, as its supervisor saw it. */
export interface RecordedDeath {
  readonly fence: number;
  readonly kind: Exclude<FailureKind, "thrown">;
  readonly error: ErrorRecord;
  /** The task the worker was looking at, where none of its actions was at work: then its choice of the next action was. */
  readonly choosingFor?: TaskId;
}

/** What a tick worker adds to the options of an embedded service. */
export interface WorkerServiceOptions extends Omit<ServiceOptions, "classes"> {
  readonly classes: readonly ExportedClass[];
  /** Sentences on task files that did not load; told to people beside every class that is then missing. */
  readonly loadProblems?: readonly string[];
  readonly observer?: TickObserver;
  /** Aborts when the tick shall stop: running actions are paused. */
  readonly signal?: AbortSignal;
  /** Tasks an earlier worker of the same tick has looked at. */
  readonly lookedAt?: ReadonlySet<TaskId>;
  /** What ended the earlier worker of the same tick; recorded on the action it was executing before anything else. */
  readonly death?: RecordedDeath;
  /** Ended by us, not by its action: the fencing number of the tick whose action counts as paused. */
  readonly interrupted?: number;
  /** Instead of a plain call. */
  readonly callAuthor?: CallAuthor;
  /** A debugger watches: no time passes for deadlines, which have the whole of `maxExecutionTime` left until somebody stops the tick. */
  readonly isTimeSuspended?: boolean;
  /** Turns what was thrown into a record, mapped to the user's sources. */
  readonly captureError?: (thrown: unknown) => ErrorRecord;
}
