import type { ActionReference, TaskReference, WorkerEvent } from "../worker/channel/worker-event.ts";
import type { LoadProblem } from "../worker/loading/load-problem.ts";

export type { ActionReference, AuthorsMethod, TaskReference } from "../worker/channel/worker-event.ts";
export type { LoadProblem } from "../worker/loading/load-problem.ts";

/** Events of a tick, as plain JSON, in order. */
export type TickEvent = WorkerEvent | LoadProblemEvent | OutputEvent | WorkerEndedEvent;

/** A task file that cannot be used. Sent once per tick. */
export interface LoadProblemEvent {
  readonly kind: "load-problem";
  readonly problem: LoadProblem;
}

/** Output of user code, or of a process it started. */
export interface OutputEvent {
  readonly kind: "output";
  /** What was being executed when it was printed; omitted for output of task files while they load. */
  readonly task?: TaskReference;
  readonly action?: ActionReference;
  readonly stream: "stdout" | "stderr";
  /** Whole lines if possible, with positions mapped to the user's sources. */
  readonly text: string;
}

/** A worker ended before its tick was done; another one continues with the rest if `goesOn`. */
export interface WorkerEndedEvent {
  readonly kind: "worker-ended";
  /**
   * `died`: on its own or killed from outside. `timed-out`: terminated by us, still busy after deadline and grace. `interrupted`:
   * terminated by us on request.
   */
  readonly reason: "died" | "timed-out" | "interrupted";
  /** For users. */
  readonly message: string;
  readonly goesOn: boolean;
}
