import type { ActionReference, TaskReference, WorkerEvent } from "../worker/channel/worker-event.ts";
import type { LoadProblem } from "../worker/loading/load-problem.ts";

export type { ActionReference, AuthorsMethod, TaskReference } from "../worker/channel/worker-event.ts";
export type { LoadProblem } from "../worker/loading/load-problem.ts";

/** What happens during a tick, as plain JSON, in the order in which it happens. */
export type TickEvent = WorkerEvent | LoadProblemEvent | OutputEvent | WorkerEndedEvent;

/** A task file that cannot be used. Told once in a tick. */
export interface LoadProblemEvent {
  readonly kind: "load-problem";
  readonly problem: LoadProblem;
}

/** What user code, or a process it started, has printed. */
export interface OutputEvent {
  readonly kind: "output";
  /** What was being executed when it was printed; left out for what task files print while they load. */
  readonly task?: TaskReference;
  readonly action?: ActionReference;
  readonly stream: "stdout" | "stderr";
  /** Whole lines where possible, with positions mapped to the user's sources. */
  readonly text: string;
}

/** A worker ended before its tick was done; another one goes on with the rest where `goesOn`. */
export interface WorkerEndedEvent {
  readonly kind: "worker-ended";
  /** `died`: by its own doing or somebody else's. `timed-out`: ended by us, still busy after deadline and grace. `interrupted`: ended by us on request. */
  readonly reason: "died" | "timed-out" | "interrupted";
  /** In words for people. */
  readonly message: string;
  readonly goesOn: boolean;
}
