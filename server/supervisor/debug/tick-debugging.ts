import type { DebugTarget } from "../../protocol/debug-target.ts";
import type { StartWorker } from "../process/job-worker.ts";
import { ExpectedWorker } from "./expected-worker.ts";
import { inspectedWorker } from "./inspected-worker.ts";

/** Milliseconds in which a debugger must start the worker or attach to it. */
export const DEBUGGER_TIME = 60_000;

/** How a tick is debugged. No time limits apply: neither its budget nor any limit of its worker. */
export interface TickDebugging {
  /** `launch`: the debugger starts the worker. `attach`: it is started here and waits for the debugger. */
  readonly request: DebugTarget["request"];
  /** Called once the debugger can attach. */
  readonly onReady: (target: DebugTarget) => void;
  /** Aborts when the debugger is gone, or does not attach. */
  readonly gone: AbortSignal;
}

export function debuggedWorker({ request, onReady }: TickDebugging): StartWorker {
  return (settings, listener) =>
    request === "launch" ? new ExpectedWorker(settings, listener, onReady) : inspectedWorker(settings, listener, onReady);
}
