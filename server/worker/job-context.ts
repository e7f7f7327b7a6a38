import type { BuiltIns } from "./built-ins.ts";
import type { OutputStreams } from "./channel/output-streams.ts";
import type { Reporter } from "./channel/reporter.ts";
import type { CaptureError } from "./error-capture/index.ts";

/** What a worker provides to its job. */
export interface JobContext {
  readonly reporter: Reporter;
  readonly watchdog: JobWatchdog;
  readonly builtIns: BuiltIns;
  readonly output: OutputStreams;
  /** Aborts when the job should stop. */
  readonly signal: AbortSignal;
  readonly captureError: CaptureError;
}

/** Ends the worker when its supervisor is gone. */
export interface JobWatchdog {
  /** Called once. Resolves when it watches; user code must not be executed earlier. @throws WatchdogError */
  start(): Promise<void>;
  tickStarted(fence: number): void;
  /** The main thread has noticed that the supervisor is gone, and the running action is about to pause. */
  ending(): void;
}
