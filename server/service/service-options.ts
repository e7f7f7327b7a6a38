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

/** Calls one of the author's methods; under a debugger, in a way that makes its errors look uncaught. */
export type CallAuthor = <Answer>(call: () => Answer | Promise<Answer>) => Promise<Answer>;

/** A class exported from a task file, with its file. */
export interface ExportedClass {
  readonly class: unknown;
  /** Absolute path of the task file. */
  readonly file?: string;
}

export interface ServiceOptions {
  readonly store: TaskStore;
  /** The exported task, action and scheduled-process classes; other values are ignored. */
  readonly classes: readonly unknown[];
  /** Milliseconds a tick may take. Default 30,000. */
  readonly maxExecutionTime?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** How a process died while executing an action, as its supervisor saw it. */
export interface RecordedDeath {
  readonly fence: number;
  readonly kind: Exclude<FailureKind, "thrown" | "stalled">;
  readonly error: ErrorRecord;
  /** Milliseconds that the author's method had taken. */
  readonly durationMs?: number;
  /** The task the worker was processing, if no action was being executed: its choice of the next action was. */
  readonly choosingFor?: TaskId;
}

/** Options of a tick worker in addition to those of an embedded service. */
export interface WorkerServiceOptions extends Omit<ServiceOptions, "classes"> {
  readonly classes: readonly ExportedClass[];
  /** Messages about task files that failed to load, shown with every missing class. */
  readonly loadProblems?: readonly string[];
  readonly observer?: TickObserver;
  /** Aborts when the tick should stop: running actions are paused. */
  readonly signal?: AbortSignal;
  /** Tasks that an earlier worker of the same tick has processed. */
  readonly lookedAt?: ReadonlySet<TaskId>;
  /** How the earlier worker of the same tick died; recorded on the action it was executing before anything else. */
  readonly death?: RecordedDeath;
  /** The fencing number of a tick stopped by us rather than by its action, which counts as paused. */
  readonly interrupted?: number;
  /** How long it took to open the store that is passed, with the mutex already held, in milliseconds. */
  readonly openingMs?: number;
  /** Replaces a plain call. */
  readonly callAuthor?: CallAuthor;
  /** Under a debugger: time stands still for deadlines, which always have all of `maxExecutionTime` left until the tick is stopped. */
  readonly isTimeSuspended?: boolean;
  /** Converts a thrown value to a record, mapped to the user's sources. */
  readonly captureError?: (thrown: unknown) => ErrorRecord;
}
