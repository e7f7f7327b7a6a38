import type { TaskType } from "../../authoring/index.ts";
import type { FailedAttempt } from "../../service/repeat/failed-attempt.ts";
import type { RepeatedCall } from "../../service/repeat/repeat-call.ts";
import type { RecordedDeath } from "../../service/service-options.ts";
import type { TickFilter } from "../../service/tick/tick-filter.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { ErrorRecord, StoreErrorCode } from "../../store/index.ts";
import type { LoadProblem } from "../loading/load-problem.ts";
import type { WorkerEvent } from "./worker-event.ts";
import type { WorkspaceDescription } from "./workspace-description.ts";

/** Messages from the supervisor; the first one is the job. */
export type WorkerCommand =
  | WorkerJob
  /** Pause and save the running action, and complete the job. */
  | { readonly kind: "cancel" }
  /** The job's result has arrived: exit now. */
  | { readonly kind: "leave" };

export type WorkerJob = TickJob | RepeatJob | CreateJob | DescribeJob;

export interface JobScope {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Glob patterns of task files. */
  readonly include: readonly string[];
  readonly storeDirectory: string;
  /** The directory of the built task files. */
  readonly cacheDirectory: string;
  readonly durability: "power" | "process";
  /** Files whose import ended or blocked an earlier worker of this job. */
  readonly unusableFiles: readonly LoadProblem[];
  /** Distinguishes markers in the output from anything user code may print. */
  readonly markerKey: string;
}

export interface TickJob extends JobScope {
  readonly kind: "tick";
  /** Maximum duration of the tick in milliseconds, from the moment it has the mutex: loading the task files does not count. */
  readonly maxExecutionTime: number;
  /** Epoch milliseconds; known once an earlier worker of the same tick has had the mutex. */
  readonly endTime?: number;
  readonly filter?: TickFilter;
  readonly lookedAt: readonly string[];
  readonly death?: RecordedDeath;
  readonly interrupted?: number;
  /** Under a debugger: no deadline is reached, and errors of actions look uncaught to it. */
  readonly isDebugged?: true;
}

/** Repeats one call of one of the author's methods under a debugger. The store is neither read nor written. */
export interface RepeatJob extends JobScope, Pick<FailedAttempt, "task" | "call"> {
  readonly kind: "repeat";
  /** Milliseconds that the deadline always has left. */
  readonly maxExecutionTime: number;
}

export interface CreateJob extends JobScope {
  readonly kind: "create";
  readonly class: string;
  readonly params: unknown;
  readonly name?: string;
  readonly type?: TaskType;
}

export interface DescribeJob extends JobScope {
  readonly kind: "describe";
  /** The maximum number of future times of each schedule; default: five. */
  readonly occurrences?: number;
}

/** Messages from the worker. */
export type WorkerMessage =
  | WorkerEvent
  /** The worker has its job. Sent if another process started it. */
  | { readonly kind: "begun" }
  /** User code has printed something. Sent if the standard streams do not lead to the supervisor. */
  | { readonly kind: "printed"; readonly stream: "stdout" | "stderr"; readonly text: string }
  /** A task file is about to be imported. */
  | { readonly kind: "importing"; readonly file: string }
  /** Every task file has been imported or has failed to be. */
  | { readonly kind: "loaded"; readonly problems: readonly LoadProblem[] }
  | { readonly kind: "last-words"; readonly words: LastWords }
  | JobResult
  | { readonly kind: "failed"; readonly failure: JobFailure };

export type JobResult =
  | { readonly kind: "ticked"; readonly report: TickReport }
  | { readonly kind: "repeated"; readonly call: RepeatedCall }
  | { readonly kind: "created"; readonly id: string }
  | { readonly kind: "described"; readonly description: WorkspaceDescription };

/** Why a job failed. */
export type JobFailure =
  | { readonly reason: "input"; readonly message: string }
  | { readonly reason: "store"; readonly code: StoreErrorCode; readonly message: string }
  /** The worker could not be made ready for user code. */
  | { readonly reason: "start"; readonly message: string }
  /** An author's method threw, or something unforeseen did. */
  | { readonly reason: "error"; readonly error: ErrorRecord };

/** The last message of a worker that is ending, written synchronously. */
export type LastWords =
  | { readonly reason: "exit"; readonly code: number; readonly error: ErrorRecord }
  | { readonly reason: "uncaught"; readonly origin: "uncaughtException" | "unhandledRejection"; readonly error: ErrorRecord };
