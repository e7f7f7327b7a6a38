import { InputError } from "../service/input-error.ts";
import { StoreError } from "../store/contract/store-error.ts";
import { BuiltIns } from "./built-ins.ts";
import type { WorkerChannel } from "./channel/channel.ts";
import { sayLastWords } from "./channel/last-words.ts";
import type { JobFailure, JobResult, WorkerJob } from "./channel/messages.ts";
import { OutputStreams, standardStreams } from "./channel/output-streams.ts";
import { Reporter } from "./channel/reporter.ts";
import { debuggedStreams } from "./debug/debugged-streams.ts";
import { ThreadlessWatchdog } from "./debug/threadless-watchdog.ts";
import { type CaptureError, createErrorCapture } from "./error-capture/index.ts";
import type { JobContext, JobWatchdog } from "./job-context.ts";
import { tick } from "./jobs/tick-job.ts";
import { endOwnTree } from "./watchdog/process-tree.ts";
import { Watchdog, WatchdogError } from "./watchdog/watchdog.ts";

/**
 * Executes the one job that arrives on the channel. The process then stays until it is asked to leave, so that its supervisor can see what
 * the job has left behind.
 */
export function runWorker(channel: WorkerChannel): void {
  const stop = new AbortController();
  const builtIns = new BuiltIns();
  let leave = process.exit;
  let isCompleted = false;
  let watchdog: JobWatchdog | undefined;

  channel.onCommand((command) => {
    switch (command.kind) {
      case "cancel":
        return stop.abort();
      case "leave":
        return leave(0);
      default:
        return void work(command);
    }
  });
  channel.onLost(() => {
    watchdog?.ending();
    stop.abort();
    if (isCompleted) void endOwnTree();
  });

  async function work(job: WorkerJob): Promise<void> {
    const reporter = new Reporter(channel);
    const isDebugged = job.kind === "repeat" || (job.kind === "tick" && job.isDebugged === true);
    if (isDebugged) reporter.now({ kind: "begun" });
    watchdog = isDebugged ? new ThreadlessWatchdog(job.storeDirectory) : new Watchdog(job.storeDirectory);
    const captureError = createErrorCapture({ cacheDirectory: job.cacheDirectory, workspace: job.workspace });
    leave = sayLastWords((words) => reporter.now({ kind: "last-words", words }), captureError);
    const output = new OutputStreams(job.markerKey, channel.hasStandardStreams ? standardStreams() : debuggedStreams(reporter));
    try {
      reporter.now(await perform(job, { reporter, watchdog, builtIns, captureError, output, signal: stop.signal }));
    } catch (error) {
      reporter.now({ kind: "failed", failure: jobFailure(error, captureError) });
    }
    isCompleted = true;
    if (!channel.isOpen) void endOwnTree();
  }
}

async function perform(job: WorkerJob, context: JobContext): Promise<JobResult> {
  switch (job.kind) {
    case "tick":
      return tick(job, context);
    case "repeat":
      return (await import("./jobs/repeat-job.ts")).repeat(job, context);
    case "create":
      return (await import("./jobs/create-job.ts")).createTask(job, context);
    case "describe":
      return (await import("./jobs/describe-job.ts")).describe(job, context);
  }
}

function jobFailure(thrown: unknown, capture: CaptureError): JobFailure {
  if (thrown instanceof InputError) return { reason: "input", message: thrown.message };
  if (thrown instanceof StoreError) return { reason: "store", code: thrown.code, message: thrown.message };
  if (thrown instanceof WatchdogError) return { reason: "start", message: thrown.message };
  return { reason: "error", error: capture(thrown) };
}
