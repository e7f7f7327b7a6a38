import type { CaptureError } from "../error-capture/index.ts";
import type { LastWords } from "./messages.ts";

/**
 * Reports why the process ends, with the position in the user's source, if user code ends it: by `process.exit`, or by an uncaught error.
 * Node's own behaviour is unchanged.
 *
 * @returns a `process.exit` that does not report.
 */
export function sayLastWords(tell: (words: LastWords) => void, capture: CaptureError): (code: number) => never {
  // Unaffected by user code that handles such errors itself, and called before Node's own handling.
  process.on("uncaughtExceptionMonitor", (error, origin) => tell({ reason: "uncaught", origin, error: capture(error) }));
  const exit = process.exit.bind(process);
  process.exit = function exitWithWords(code?: number | string | null): never {
    const exitCode = Number(code ?? process.exitCode ?? 0);
    tell({ reason: "exit", code: exitCode, error: capture(new ProcessExitError(exitCode, exitWithWords)) });
    return exit(code);
  };
  return exit;
}

class ProcessExitError extends Error {
  override readonly name = "ProcessExitError";

  constructor(code: number, caller: (code?: number) => never) {
    super(`process.exit(${code}) was called, which ends the worker in the middle of the tick. Return or throw an error instead.`);
    Error.captureStackTrace(this, caller);
  }
}
