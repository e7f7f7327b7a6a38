import type { CaptureError } from "./error-capture/index.ts";
import type { OutputStreams } from "./output-streams.ts";
import type { Reporter } from "./reporter.ts";
import type { Watchdog } from "./watchdog.ts";

/** What a worker lends to its job. */
export interface JobContext {
  readonly reporter: Reporter;
  readonly watchdog: Watchdog;
  readonly output: OutputStreams;
  /** Aborts when the job shall stop. */
  readonly signal: AbortSignal;
  readonly captureError: CaptureError;
}
