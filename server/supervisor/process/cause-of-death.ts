import type { ErrorRecord } from "../../store/index.ts";
import type { CaptureError } from "../../worker/error-capture/index.ts";
import type { RawFrame } from "../../worker/watchdog/main-thread-frames.ts";
import type { WorkerEnd } from "./job-worker.ts";

/** Node's exit codes for an uncaught error: the error itself, and an error in a handler of such errors. */
const UNCAUGHT_EXIT_CODES: readonly (number | null)[] = [1, 7];

/** How V8 and Node start the line that reports memory exhaustion. */
const OUT_OF_MEMORY = /^(?:<--- Last few GCs --->|(?:FATAL ERROR|# Fatal).*(?:out of memory|allocation failed|OOM))/im;

/** Explains why a worker ended unexpectedly, as a message. `doing` is what it was executing, for example "CompressLogs.executeAction". */
export function causeOfDeath(end: WorkerEnd, doing: string | undefined): ErrorRecord {
  const words = end.lastWords;
  if (words?.reason === "exit" && end.signal === null) return words.error;
  if (words?.reason === "uncaught" && UNCAUGHT_EXIT_CODES.includes(end.code)) return words.error;
  const during = doing ? ` during ${doing}` : "";
  if (OUT_OF_MEMORY.test(end.stderrTail)) {
    return named(
      "OutOfMemoryError",
      `The process ran out of memory${during}. Work in smaller chunks, or raise the limit with NODE_OPTIONS=--max-old-space-size=<MiB>.`,
    );
  }
  if (end.garbledReport !== undefined) {
    const text = JSON.stringify(end.garbledReport);
    return named("ProcessReportError", `The process wrote ${text} to the pipe of the engine's reports (file descriptor 5)${during}.`);
  }
  if (end.isUnwatched) {
    return named(
      "WatchdogError",
      `The thread that watches the process ended${during}, so the process was terminated. Does its code close files that it has not opened?`,
    );
  }
  if (end.signal) return named("ProcessKilledError", `${signalInWords(end.signal, during)}.`);
  return named("ProcessExitError", `The process ended with exit code ${end.code}${during}.`);
}

/** The error for a worker that was terminated because it was still busy after the grace. `end`: what had been reached. */
export function timedOut(
  { graceMs, end }: { readonly graceMs: number; readonly end: "the deadline" | "its attemptTimeout" },
  doing: string | undefined,
  frames: readonly RawFrame[],
  capture: CaptureError,
): ErrorRecord {
  const late = graceMs > 0 ? `${inSeconds(graceMs)} after ${end}` : `at ${end}`;
  const message = `${doing ?? "The worker"} was still busy ${late}, so its process was terminated. Do less work between two checks of the deadline.`;
  return timeoutAt(message, frames, capture);
}

/** An error at the position of the main thread. `frames`: innermost first. */
export function timeoutAt(message: string, frames: readonly RawFrame[], capture: CaptureError): ErrorRecord {
  const error = new Error(message);
  error.name = "TimeoutError";
  error.stack = [`${error.name}: ${error.message}`, ...frames.map(stackLine)].join("\n");
  return capture(error);
}

function stackLine(frame: RawFrame): string {
  return `    at ${frame.function || "<anonymous>"} (${frame.url}:${frame.line}:${frame.column})`;
}

function signalInWords(signal: NodeJS.Signals, during: string): string {
  switch (signal) {
    case "SIGKILL":
      return `The process was killed with SIGKILL from outside${during}, possibly by the system because memory was low`;
    case "SIGABRT":
    case "SIGSEGV":
    case "SIGILL":
    case "SIGBUS":
    case "SIGTRAP":
      return `The process crashed (${signal})${during}`;
    default:
      return `The process was terminated by ${signal}${during}`;
  }
}

function named(name: string, message: string): ErrorRecord {
  return { name, message, stack: `${name}: ${message}` };
}

export function inSeconds(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 100) / 10;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
