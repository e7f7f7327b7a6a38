import { StoreError } from "../store/contract/store-error.ts";

/** What the process tells the shell; documented in docs/command-line.md. */
export const ExitCode = {
  fine: 0,
  /** An action failed in this tick, also when it will be retried; `check`: it found an error or a warning. */
  actionFailed: 1,
  badInput: 2,
  /** Another tick holds the mutex. */
  locked: 3,
  storeUnusable: 4,
  /** A defect of this program (EX_SOFTWARE of sysexits.h). */
  internalError: 70,
} as const;

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGBREAK: 21 } as const;
export type EndingSignal = keyof typeof SIGNAL_NUMBERS;

/** What shells report of a program that a signal has ended. */
export function exitCodeOfSignal(signal: EndingSignal): number {
  return 128 + SIGNAL_NUMBERS[signal];
}

/** By name where the error may have come from another process. */
const INPUT_ERRORS = new Set(["InputError", "ConfigError"]);

export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof Error)) return ExitCode.internalError;
  if (error instanceof StoreError || error.name === "StoreError") return ExitCode.storeUnusable;
  return INPUT_ERRORS.has(error.name) ? ExitCode.badInput : ExitCode.internalError;
}
