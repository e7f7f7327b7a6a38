import type { TickEvent } from "../../protocol/tick-event.ts";
import type { RecordedDeath } from "../../service/service-options.ts";
import type { TickReport } from "../../service/tick/tick-report.ts";
import type { ErrorRecord, TaskRequest } from "../../store/index.ts";
import type { WorkerEvent } from "../../worker/channel/worker-event.ts";
import type { LoadProblem } from "../../worker/loading/load-problem.ts";
import { leaveInterrupted } from "../../worker/watchdog/leave-interrupted.ts";
import { DEBUGGER_TIME, debuggedWorker } from "../debug/tick-debugging.ts";
import { causeOfDeath, timedOut } from "../process/cause-of-death.ts";
import { type EarlyEnd, type JobEnding, JobRun } from "../process/job-run.ts";
import { leftBehindInWords } from "../process/leftover-processes.ts";
import { TimeLimit } from "../process/time-limit.ts";
import type { Settings } from "../settings.ts";
import type { TickOptions } from "../supervisor-options.ts";
import { importProblem, neverBegan, neverDebugged } from "../unusable-file.ts";
import type { UserSources } from "../user-sources.ts";
import { failureFrom, WorkerError } from "../worker-failure.ts";
import { RequestWatch } from "./request-watch.ts";
import { type CallInProgress, TickProgress } from "./tick-progress.ts";

/** Milliseconds for a worker started only to record how the previous one ended. */
const RECORDING_TIME = 10_000;
/** Maximum milliseconds for the import of one task file. */
const IMPORT_TIME = 10_000;
/** Maximum milliseconds for bundling and loading the task files, before the tick's own time starts. */
const LOADING_TIME = 120_000;
/** How many consecutive workers may end without having reached a task. */
const FRUITLESS_WORKERS = 3;

/** What a worker leaves to the next one of the same tick. */
type Legacy = { readonly death?: RecordedDeath; readonly interrupted?: number };

type Continuation = { readonly report: TickReport } | { readonly legacy: Legacy };

/** One tick, using as many workers as it takes. */
export class TickRun {
  readonly #settings: Settings;
  readonly #options: TickOptions;
  readonly #sources: UserSources;
  readonly #maxExecutionTime: number;
  /** Epoch milliseconds; counted from the moment the first worker has the mutex. */
  #endTime: number | undefined;
  readonly #progress = new TickProgress();
  readonly #unusableFiles: LoadProblem[] = [];
  /** Tasks with a request to cancel or pause them. */
  readonly #stopRequests = new Map<string, "cancel" | "pause">();
  readonly #requestWatch: RequestWatch;
  readonly #busyLimit = new TimeLimit(() => void this.#job?.end("timed-out"));
  readonly #attemptLimit = new TimeLimit(() => void this.#job?.end("attempt-timed-out"));
  readonly #cancelLimit = new TimeLimit(() => void this.#job?.end("interrupted"));
  readonly #stopLimit = new TimeLimit(() => void this.#job?.end("stopped"));
  #job: JobRun | undefined;
  #isCancelled = false;
  /** Only for the first worker: a later one just has to record how it ended. */
  #isDebugged: boolean;
  #hasTimedOut = false;
  #hasToldProblems = false;
  #fruitless = 0;

  constructor(settings: Settings, options: TickOptions, sources: UserSources) {
    this.#settings = settings;
    this.#options = options;
    this.#sources = sources;
    this.#isDebugged = options.debugging !== undefined;
    this.#maxExecutionTime = options.maxExecutionTimeMs ?? settings.maxExecutionTime;
    this.#requestWatch = new RequestWatch(settings.storeDirectory, (request) => this.#requested(request));
  }

  /** @throws InputError, StoreError, WorkerError */
  async run(): Promise<TickReport> {
    const { signal, debugging } = this.#options;
    const onAbort = () => this.cancel();
    const onDebuggerGone = () => void (this.#isDebugged && this.#job?.end("interrupted"));
    signal?.addEventListener("abort", onAbort, { once: true });
    debugging?.gone.addEventListener("abort", onDebuggerGone, { once: true });
    if (signal?.aborted) this.#isCancelled = true;
    try {
      let legacy: Legacy = {};
      for (;;) {
        const lookedAt = this.#progress.lookedAt.length;
        const ending = await this.#work(legacy);
        this.#fruitless = this.#progress.lookedAt.length > lookedAt ? 0 : this.#fruitless + 1;
        const next = await this.#after(ending);
        if ("report" in next) return next.report;
        legacy = next.legacy;
      }
    } finally {
      signal?.removeEventListener("abort", onAbort);
      debugging?.gone.removeEventListener("abort", onDebuggerGone);
    }
  }

  /**
   * Pauses and saves the running action; a worker that does not comply within the grace is terminated. Without an explicit grace, a
   * debugged worker has unlimited time.
   */
  cancel(graceMs?: number): void {
    this.#isCancelled = true;
    this.#job?.cancel();
    if (graceMs !== undefined || !this.#isDebugged) this.#cancelLimit.set(graceMs ?? this.#settings.grace);
  }

  async #work(legacy: Legacy): Promise<JobEnding> {
    const { filter, debugging } = this.#options;
    const isDebugged = this.#isDebugged;
    const job = new JobRun({
      settings: this.#settings,
      sources: this.#sources,
      job: {
        kind: "tick",
        maxExecutionTime: this.#maxExecutionTime,
        ...(this.#endTime !== undefined && { endTime: this.#endTime }),
        ...(filter && { filter }),
        lookedAt: this.#progress.lookedAt,
        ...(isDebugged && { isDebugged }),
        ...legacy,
      },
      unusableFiles: this.#unusableFiles,
      ...(isDebugged && debugging ? { startWorker: debuggedWorker(debugging), beginLimit: DEBUGGER_TIME } : { importLimit: IMPORT_TIME }),
      onLoaded: (problems) => this.#tellProblems(problems),
      onEvent: (event) => {
        this.#progress.apply(event);
        if (event.kind === "tick-started") this.#begun(event.endTime);
        this.#followAttempt(event);
        this.#followStopRequests();
        this.#emit(event);
      },
      onOutput: (event) => this.#emit(event),
    });
    this.#job = job;
    if (!isDebugged) this.#busyLimit.set(LOADING_TIME);
    if (isDebugged && debugging?.gone.aborted) void job.end("interrupted");
    if (this.#isCancelled) this.cancel();
    if (!isDebugged) this.#requestWatch.start();
    try {
      return await job.ending;
    } finally {
      this.#job = undefined;
      this.#requestWatch.stop();
      for (const limit of [this.#busyLimit, this.#attemptLimit, this.#cancelLimit, this.#stopLimit]) limit.clear();
    }
  }

  /** A later worker gets some time even if none is left, to record how the previous one ended. */
  #begun(endTime: number): void {
    if (this.#isDebugged) return;
    const now = Date.now();
    const isFirst = this.#endTime === undefined;
    this.#endTime ??= endTime;
    this.#busyLimit.set(Math.max(this.#endTime, isFirst ? 0 : now + RECORDING_TIME) + this.#settings.grace - now);
  }

  /** An action that does not react to the end of its attempt is terminated, as at the deadline. */
  #followAttempt(event: WorkerEvent): void {
    if (event.kind === "action-ended" || event.kind === "action-started") this.#attemptLimit.clear();
    if (event.kind !== "action-started" || event.attemptEnd === undefined || this.#isDebugged) return;
    this.#attemptLimit.set(event.attemptEnd + this.#settings.grace - Date.now());
  }

  async #after(ending: JobEnding): Promise<Continuation> {
    switch (ending.kind) {
      case "completed":
        if (ending.result.kind !== "ticked") throw new TypeError(`A tick cannot end with ${ending.result.kind}.`);
        if (ending.leftBehind.length > 0) this.#emit({ kind: "warning", message: leftBehindInWords(ending.leftBehind) });
        return this.#finish(this.#outcome(ending.result.report.outcome), ending.result.report);
      case "failed":
        // The task named by the filter may have ended in the previous worker: nothing is left to do then.
        if (ending.failure.reason === "input" && this.#progress.lookedAt.length > 0) return this.#finish(this.#outcome("done"));
        return this.#afterFailure(ending);
      case "ended":
        return this.#afterEarlyEnd(ending);
    }
  }

  async #afterEarlyEnd(ending: EarlyEnd): Promise<Continuation> {
    const { current, fence } = this.#progress;
    if (this.#isDebugged) return this.#afterDebugging(ending);
    switch (ending.reason) {
      case "interrupted":
        return this.#interrupted("The tick was cancelled, but its worker did not exit.");
      case "stopped": {
        const kind = current && this.#stopRequests.get(current.task.id);
        this.#tellEnd("interrupted", `${current?.task.name ?? "A task"} did not stop when asked, so its process was terminated.`, true);
        this.#progress.cutShort({ outcome: kind === "cancel" ? "cancelled" : "paused" });
        return { legacy: fence === undefined ? {} : { interrupted: fence } };
      }
    }
    if (ending.importing !== undefined) return this.#withoutFile(ending, ending.importing);
    if (fence === undefined) throw neverBegan(ending, this.#settings);
    return this.#afterDeath(ending, fence);
  }

  /** A debugged worker that ends silently was stopped by the user: that is not a failure. */
  async #afterDebugging(ending: EarlyEnd): Promise<Continuation> {
    const { fence } = this.#progress;
    if (ending.reason === "not-begun" || ending.end.startError) throw neverDebugged(ending, this.#settings);
    if (!ending.end.lastWords) return this.#interrupted("The tick ended because debugging ended.");
    if (ending.importing !== undefined || fence === undefined) throw neverBegan(ending, this.#settings);
    this.#isDebugged = false;
    this.#endTime = Date.now();
    // A worker that reported its end has seen the end of what the task's own code terminated.
    return this.#afterDeath({ ...ending, reason: undefined }, fence);
  }

  async #interrupted(message: string): Promise<{ readonly report: TickReport }> {
    const { fence } = this.#progress;
    const { storeDirectory, durability } = this.#settings;
    this.#tellEnd("interrupted", message, false);
    this.#progress.cutShort({ outcome: "paused" });
    if (fence !== undefined) await leaveInterrupted(storeDirectory, fence, durability);
    return this.#finish("cancelled");
  }

  /** The import of a task file ended the worker, or never returned. */
  #withoutFile(ending: EarlyEnd, file: string): { readonly legacy: Legacy } {
    if (this.#unusableFiles.some((problem) => problem.file === file)) throw neverBegan(ending, this.#settings);
    const problem = importProblem(ending, file, this.#sources.capture);
    this.#unusableFiles.push(problem);
    this.#tellEnd(ending.reason ? "timed-out" : "died", problem.message, true);
    return { legacy: {} };
  }

  /** Each worker reports all of them, but users want to see them once. */
  #tellProblems(problems: readonly LoadProblem[]): void {
    if (this.#hasToldProblems) return;
    this.#hasToldProblems = true;
    for (const problem of problems) this.#emit({ kind: "load-problem", problem });
  }

  #afterDeath(ending: EarlyEnd, fence: number): Continuation {
    const { current } = this.#progress;
    const doing = current && methodOf(current);
    this.#hasTimedOut ||= ending.reason === "timed-out";
    if (!ending.reason) return this.#withoutWorker("process-died", causeOfDeath(ending.end, doing), fence);
    const end = ending.reason === "attempt-timed-out" ? "its attemptTimeout" : "the deadline";
    const error = timedOut({ graceMs: this.#settings.grace, end }, doing, ending.frames ?? [], this.#sources.capture);
    return this.#withoutWorker("timed-out", error, fence);
  }

  /**
   * The worker's own code failed. Once user code has been executed in its process, that is what may have changed what the engine relies on:
   * another worker goes on.
   */
  #afterFailure({ failure, hasImported }: JobEnding & { readonly kind: "failed" }): Continuation {
    const { fence, lastCall } = this.#progress;
    if (failure.reason !== "error" || !hasImported) throw failureFrom(failure);
    const after = lastCall ? methodOf(lastCall) : "the task files were imported";
    const message = `The worker could not go on after ${after}: ${failure.error.message} Code that replaces built-in functions can cause this.`;
    const error: ErrorRecord = { ...failure.error, message, stack: `${failure.error.name}: ${message}\n${failure.error.stack}` };
    if (fence === undefined || !lastCall) throw new WorkerError(error, "process");
    return this.#withoutWorker("process-died", error, fence);
  }

  /** Leaves it to another worker to record how this one ended, and to go on. */
  #withoutWorker(kind: RecordedDeath["kind"], error: ErrorRecord, fence: number): Continuation {
    const { current, lookingAt } = this.#progress;
    const goesOn = this.#fruitless < FRUITLESS_WORKERS;
    this.#tellEnd(kind === "timed-out" ? "timed-out" : "died", error.message, goesOn);
    this.#progress.cutShort({ outcome: "will-retry", error });
    const choosingFor = !current && lookingAt !== undefined ? { choosingFor: lookingAt } : {};
    const duration = current ? { durationMs: Math.max(0, Date.now() - current.since) } : {};
    if (goesOn) return { legacy: { death: { fence, kind, error, ...duration, ...choosingFor } } };
    if (this.#progress.lookedAt.length === 0) throw new WorkerError(error, "process");
    return this.#finish(this.#outcome("done"));
  }

  #finish(outcome: TickReport["outcome"], last?: TickReport): { readonly report: TickReport } {
    const report = this.#progress.report(outcome, last);
    for (const event of this.#progress.untoldEnds()) this.#emit(event);
    return { report };
  }

  #outcome(outcome: TickReport["outcome"]): TickReport["outcome"] {
    if (this.#isCancelled && outcome !== "locked") return "cancelled";
    if (outcome === "done" && this.#hasTimedOut) return "time-budget-spent";
    // Another tick came between two workers of this one, and continues with what they left.
    return outcome === "locked" && this.#progress.lookedAt.length > 0 ? "done" : outcome;
  }

  #requested({ body }: TaskRequest): void {
    if (body.kind === "cancel" || body.kind === "pause") this.#stopRequests.set(body.task, body.kind);
    this.#followStopRequests();
  }

  /** The worker detects requests itself; this handles one that is too busy to see them, or does not comply. */
  #followStopRequests(): void {
    const { current } = this.#progress;
    if (!current || !this.#stopRequests.has(current.task.id)) this.#stopLimit.clear();
    else this.#stopLimit.setOnce(this.#settings.grace);
  }

  #tellEnd(reason: "died" | "timed-out" | "interrupted", message: string, goesOn: boolean): void {
    this.#emit({ kind: "worker-ended", reason, message, goesOn });
  }

  #emit(event: TickEvent): void {
    this.#options.onEvent?.(event);
  }
}

function methodOf({ action, during }: CallInProgress): string {
  return `${action.class}.${during}`;
}
