import { StoreError } from "../store/contract/store-error.ts";
import { WorkerError } from "../supervisor/worker-failure.ts";

/** Exit codes of the process; documented in docs/command-line.md. */
export const ExitCode = {
  fine: 0,
  /**
   * An action failed in this tick, even if it will be retried, or the process that was to execute it ended; `check`: it found an error or a
   * warning.
   */
  actionFailed: 1,
  badInput: 2,
  /** Another tick holds the mutex. */
  locked: 3,
  storeUnusable: 4,
  /** A bug in this program (EX_SOFTWARE of sysexits.h). */
  internalError: 70,
} as const;

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGBREAK: 21 } as const;
export type EndingSignal = keyof typeof SIGNAL_NUMBERS;

/** The exit code that shells report for a program ended by a signal. */
export function exitCodeOfSignal(signal: EndingSignal): number {
  return 128 + SIGNAL_NUMBERS[signal];
}

/** By name, because the error may come from another process. */
const INPUT_ERRORS = new Set(["InputError", "ConfigError"]);

export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof Error)) return ExitCode.internalError;
  if (error instanceof StoreError || error.name === "StoreError") return ExitCode.storeUnusable;
  if (error instanceof WorkerError && error.origin === "process") return ExitCode.actionFailed;
  return INPUT_ERRORS.has(error.name) ? ExitCode.badInput : ExitCode.internalError;
}
