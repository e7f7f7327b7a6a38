import type { DebugTarget } from "../../protocol/debug-target.ts";
import type { StartWorker } from "../process/job-worker.ts";
import { ExpectedWorker } from "./expected-worker.ts";
import { inspectedWorker } from "./inspected-worker.ts";

/** Milliseconds in which a debugger has to start the worker, or to attach to it. */
export const DEBUGGER_TIME = 60_000;

/** How a tick is debugged. No time counts then: neither its budget nor any limit of its worker. */
export interface TickDebugging {
  /** `launch`: the debugger starts the worker. `attach`: it is started here and waits for the debugger. */
  readonly request: DebugTarget["request"];
  /** Told once the debugger can come. */
  readonly onReady: (target: DebugTarget) => void;
  /** Aborts when the debugger is gone, or does not come. */
  readonly gone: AbortSignal;
}

export function debuggedWorker({ request, onReady }: TickDebugging): StartWorker {
  return (settings, listener) =>
    request === "launch" ? new ExpectedWorker(settings, listener, onReady) : inspectedWorker(settings, listener, onReady);
}
