import type { OutputEvent } from "../protocol/tick-event.ts";
import type { FailedAttempt } from "../service/index.ts";
import type { TickReport } from "../service/tick/tick-report.ts";
import type { JobResult } from "../worker/channel/messages.ts";
import type { WorkspaceDescription } from "../worker/channel/workspace-description.ts";
import type { LoadProblem } from "../worker/loading/load-problem.ts";
import { type RepeatOptions, type RepeatResult, RepeatRun } from "./debug/repeat-run.ts";
import { inSeconds } from "./process/cause-of-death.ts";
import { JobRun, type JobRunOptions } from "./process/job-run.ts";
import { TimeLimit } from "./process/time-limit.ts";
import { cacheDirectoryOf, decideSettings, type Settings } from "./settings.ts";
import type { DescribeOptions, NewTask, SupervisorOptions, TickOptions } from "./supervisor-options.ts";
import { TickRun } from "./tick/tick-run.ts";
import { importProblem, neverBegan } from "./unusable-file.ts";
import { UserSources } from "./user-sources.ts";
import { failureFrom, WorkerError } from "./worker-failure.ts";

/** Maximum milliseconds for creating a task or describing the task files. */
const SHORT_JOB_TIME = 30_000;
const IMPORT_TIME = 10_000;

/**
 * Starts, watches and terminates the workers of one workspace folder: the only way to user code. Whatever that code does costs its worker,
 * never the process that holds the supervisor.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #sources: UserSources;
  /** Running work, keyed by the function that stops it. */
  readonly #running = new Map<(graceMs?: number) => void, Promise<unknown>>();
  #isClosed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#sources = new UserSources(options.workspace, cacheDirectoryOf(options));
  }

  /**
   * Executes one tick. The outcome is `locked` if another process is ticking.
   *
   * @throws ConfigError, InputError, StoreError; WorkerError if no worker could do the work.
   */
  async tick(options: TickOptions = {}): Promise<TickReport> {
    const settings = this.#settings();
    const run = new TickRun(settings, options, this.#sources);
    return this.#track((graceMs) => run.cancel(graceMs), run.run());
  }

  /**
   * Stores a new task; a running tick, in any process, sees it at once.
   *
   * @throws ConfigError, InputError, StoreError; WorkerError if `createActions` throws, with the position in the user's source.
   */
  async createTask(task: NewTask): Promise<{ readonly id: string }> {
    const result = await this.#shortJob({ kind: "create", ...task });
    if (result.kind !== "created") throw new TypeError(`A creation cannot end with ${result.kind}.`);
    return { id: result.id };
  }

  /**
   * Repeats a failed call under a debugger, while ticks may run. Does not change the store.
   *
   * @throws ConfigError, InputError, StoreError; WorkerError if the call was never made.
   */
  async repeat(attempt: FailedAttempt, options: RepeatOptions): Promise<RepeatResult> {
    const run = new RepeatRun(this.#settings(), this.#sources, attempt, options);
    return this.#track(() => run.stop(), run.run());
  }

  /** Describes what the task files of the workspace export, and which of them cannot be used. @throws ConfigError, WorkerError */
  async describe({ occurrences }: DescribeOptions = {}): Promise<WorkspaceDescription> {
    const result = await this.#shortJob({ kind: "describe", ...(occurrences !== undefined && { occurrences }) });
    if (result.kind !== "described") throw new TypeError(`A description cannot end with ${result.kind}.`);
    return result.description;
  }

  /**
   * Cancels running work, as if by the signal of each tick, and resolves when no worker is left.
   *
   * @param graceMs milliseconds before a busy worker is terminated; default: as for any cancel.
   */
  async close(graceMs?: number): Promise<void> {
    this.#isClosed = true;
    const running = [...this.#running];
    for (const [stop] of running) stop(graceMs);
    await Promise.allSettled(running.map(([, end]) => end));
  }

  #settings(): Settings {
    if (this.#isClosed) throw new Error("The supervisor is closed.");
    return decideSettings(this.#options);
  }

  async #shortJob(job: JobRunOptions["job"]): Promise<JobResult> {
    const settings = this.#settings();
    const unusableFiles: LoadProblem[] = [];
    for (;;) {
      const run = new JobRun({
        settings,
        sources: this.#sources,
        job,
        unusableFiles,
        importLimit: IMPORT_TIME,
        onOutput: (output: OutputEvent) => this.#options.onOutput?.(output),
      });
      const limit = new TimeLimit(() => void run.end("timed-out"));
      limit.set(SHORT_JOB_TIME);
      const ending = await this.#track(() => void run.end("interrupted"), run.ending).finally(() => limit.clear());
      if (ending.kind === "completed") return ending.result;
      if (ending.kind === "failed") throw failureFrom(ending.failure);
      const { importing, reason } = ending;
      if (reason === "interrupted") throw new Error("The supervisor was closed.");
      const isNew = importing !== undefined && !unusableFiles.some(({ file }) => file === importing);
      if (!isNew || reason === "timed-out") throw reason === "timed-out" ? tookTooLong() : neverBegan(ending, settings);
      unusableFiles.push(importProblem(ending, importing, this.#sources.capture));
    }
  }

  async #track<Result>(stop: (graceMs?: number) => void, end: Promise<Result>): Promise<Result> {
    this.#running.set(stop, end);
    try {
      return await end;
    } finally {
      this.#running.delete(stop);
    }
  }
}

function tookTooLong(): WorkerError {
  const message = `The task's code did not finish within ${inSeconds(SHORT_JOB_TIME)}, so its process was terminated.`;
  return new WorkerError({ name: "TimeoutError", message, stack: `TimeoutError: ${message}` }, "process");
}
