import { relative } from "node:path";
import type { CaptureError } from "../worker/error-capture/index.ts";
import type { LoadProblem } from "../worker/loading/load-problem.ts";
import { DEBUGGER_TIME } from "./debug/tick-debugging.ts";
import { causeOfDeath, inSeconds, timeoutAt } from "./process/cause-of-death.ts";
import type { EarlyEnd } from "./process/job-run.ts";
import type { Settings } from "./settings.ts";
import { WorkerError } from "./worker-failure.ts";

/** The problem of a task file whose import ended the worker, or never returned. */
export function importProblem({ end, reason, frames }: EarlyEnd, file: string, capture: CaptureError): LoadProblem {
  const error = reason
    ? timeoutAt("Importing it did not finish, so the process was terminated.", frames ?? [], capture)
    : causeOfDeath(end, "its import");
  const place =
    error.file === file && error.line !== undefined && error.column !== undefined ? { line: error.line, column: error.column } : {};
  return { file, ...place, name: error.name, message: error.message, stack: error.stack, during: "import", taskFiles: [file] };
}

/** The error if the worker ended before it started its job. */
export function neverBegan({ end, reason, importing }: EarlyEnd, { worker, workspace }: Settings): WorkerError {
  const { startError } = end;
  if (startError) {
    return failed("WorkerStartError", `Could not start Node as ${worker.nodePath} in ${worker.cwd}: ${startError.message}`);
  }
  if (end.lastWords && !importing) return new WorkerError(causeOfDeath(end, undefined), "process");
  const at = importing ? ` while importing ${relative(workspace, importing)}` : "";
  if (reason) return failed("TimeoutError", `The worker was not ready in time${at}, so its process was terminated.`);
  const said = end.stderrTail.trim();
  const cause = causeOfDeath(end, undefined).message;
  const state = importing ? `It was${at}` : "It had not started working";
  return failed("WorkerStartError", `${cause} ${state}. The stored tasks are as they were: try again.${said ? `\n${said}` : ""}`);
}

/** The error if the attempt to debug a tick failed. */
export function neverDebugged({ end }: EarlyEnd, settings: Settings): WorkerError {
  if (end.startError) return neverBegan({ kind: "ended", end, reason: undefined, importing: undefined, frames: undefined }, settings);
  return failed("TimeoutError", `No debugger attached to the tick worker within ${inSeconds(DEBUGGER_TIME)}.`);
}

function failed(name: string, message: string): WorkerError {
  return new WorkerError({ name, message, stack: `${name}: ${message}` }, "process");
}
