import { randomUUID } from "node:crypto";
import type { OutputEvent } from "../../protocol/tick-event.ts";
import type { CreateJob, DescribeJob, JobFailure, JobResult, JobScope, RepeatJob, TickJob } from "../../worker/channel/messages.ts";
import type { WorkerEvent } from "../../worker/channel/worker-event.ts";
import type { LoadProblem } from "../../worker/loading/load-problem.ts";
import type { RawFrame } from "../../worker/watchdog/main-thread-frames.ts";
import type { ProcessIdentity } from "../../worker/watchdog/process-tree.ts";
import { WorkerOutput } from "../output/worker-output.ts";
import type { Settings } from "../settings.ts";
import type { UserSources } from "../user-sources.ts";
import type { JobWorker, StartWorker, WorkerEnd, WorkerListener } from "./job-worker.ts";
import { TimeLimit } from "./time-limit.ts";
import { WorkerProcess } from "./worker-process.ts";

/** Why we terminated a worker. */
export type EndReason =
  /** Still busy after the deadline and the grace. */
  | "timed-out"
  /** Still busy after its action's `attemptTimeout` and the grace. */
  | "attempt-timed-out"
  | "import-timed-out"
  /** It was not started, or the debugger did not attach, in time. */
  | "not-begun"
  /** Still busy after the tick was cancelled. */
  | "interrupted"
  /** Still busy after the task it executes was cancelled or paused. */
  | "stopped";

/** The result of a job. */
export type JobEnding =
  | { readonly kind: "completed"; readonly result: JobResult; readonly leftBehind: readonly ProcessIdentity[] }
  /** `hasImported`: the worker had begun to execute user code. */
  | { readonly kind: "failed"; readonly failure: JobFailure; readonly hasImported: boolean }
  | EarlyEnd;

/** The worker ended before its job was done. */
export interface EarlyEnd {
  readonly kind: "ended";
  readonly end: WorkerEnd;
  /** Undefined if we did not terminate it. */
  readonly reason: EndReason | undefined;
  /** The task file that was being imported. */
  readonly importing: string | undefined;
  /** Where the main thread was, innermost first; only known for a worker that timed out in a loop. */
  readonly frames: readonly RawFrame[] | undefined;
}

type PartOf<Job> = Omit<Job, keyof JobScope>;

export interface JobRunOptions {
  readonly settings: Settings;
  readonly sources: UserSources;
  readonly job: PartOf<TickJob> | PartOf<RepeatJob> | PartOf<CreateJob> | PartOf<DescribeJob>;
  readonly unusableFiles: readonly LoadProblem[];
  /** Maximum milliseconds for the import of one task file; unlimited if omitted. */
  readonly importLimit?: number;
  /** Default: forks one. */
  readonly startWorker?: StartWorker;
  /** The worker waits for its job until this resolves. */
  readonly begin?: Promise<unknown>;
  /** Maximum milliseconds until the worker has its job; unlimited if omitted. */
  readonly beginLimit?: number;
  readonly onLoaded?: (problems: readonly LoadProblem[]) => void;
  readonly onEvent?: (event: WorkerEvent) => void;
  readonly onOutput: (event: OutputEvent) => void;
}

/** One worker executing one job, from the fork until nothing of it is left. */
export class JobRun {
  readonly ending: Promise<JobEnding>;
  readonly #options: JobRunOptions;
  readonly #worker: JobWorker;
  readonly #output: WorkerOutput;
  readonly #importLimit = new TimeLimit(() => void this.end("import-timed-out"));
  readonly #beginLimit = new TimeLimit(() => void this.end("not-begun"));
  #outcome: ((ending: Exclude<JobEnding, EarlyEnd>) => void) | undefined;
  #importing: string | undefined;
  #hasImported = false;
  #reason: EndReason | undefined;
  #frames: readonly RawFrame[] | undefined;

  constructor(options: JobRunOptions) {
    this.#options = options;
    const { settings, sources, unusableFiles } = options;
    const markerKey = randomUUID();
    this.#output = new WorkerOutput({ markerKey, mapText: (text) => sources.mapText(text), onOutput: options.onOutput });
    const { startWorker = (...given) => new WorkerProcess(...given), begin, beginLimit } = options;
    this.#worker = startWorker(settings.worker, {
      onMessage: (message) => this.#receive(message),
      onOutput: (stream, chunk) => this.#output.write(stream, chunk),
    });
    if (beginLimit !== undefined) this.#beginLimit.set(beginLimit);
    const { workspace, include, storeDirectory, cacheDirectory, durability } = settings;
    const scope = { workspace, include, storeDirectory, cacheDirectory, durability, unusableFiles, markerKey };
    const giveJob = () => this.#worker.send({ ...options.job, ...scope });
    if (begin) void begin.then(giveJob);
    else giveJob();
    this.ending = this.#run().finally(() => {
      this.#importLimit.clear();
      this.#beginLimit.clear();
      this.#output.end();
    });
  }

  /** Asks it to pause and save the running action. */
  cancel(): void {
    this.#worker.send({ kind: "cancel" });
  }

  /** Terminates the worker and everything it started. The first reason is kept. */
  async end(reason: EndReason): Promise<void> {
    if (this.#reason) return;
    this.#reason = reason;
    if (reason === "timed-out" || reason === "attempt-timed-out" || reason === "import-timed-out")
      this.#frames = await this.#worker.frames();
    await this.#worker.end();
  }

  async #run(): Promise<JobEnding> {
    const outcome = new Promise<Exclude<JobEnding, EarlyEnd>>((resolve) => {
      this.#outcome = resolve;
    });
    const first = await Promise.race([outcome, this.#worker.ended]);
    if (!("kind" in first)) return this.#earlyEnd(first);
    const leftBehind = await this.#worker.leave();
    return first.kind === "completed" ? { ...first, leftBehind } : first;
  }

  #earlyEnd(end: WorkerEnd): EarlyEnd {
    return { kind: "ended", end, reason: this.#reason, importing: this.#importing, frames: this.#frames };
  }

  #receive(message: Parameters<WorkerListener["onMessage"]>[0]): void {
    const { importLimit } = this.#options;
    switch (message.kind) {
      case "begun":
        this.#beginLimit.clear();
        break;
      case "printed":
        this.#output.write(message.stream, Buffer.from(message.text));
        break;
      case "importing":
        this.#importing = message.file;
        this.#hasImported = true;
        if (importLimit !== undefined) this.#importLimit.set(importLimit);
        break;
      case "loaded":
        this.#importing = undefined;
        this.#importLimit.clear();
        this.#options.onLoaded?.(message.problems);
        break;
      case "ticked":
      case "repeated":
      case "created":
      case "described":
        this.#outcome?.({ kind: "completed", result: message, leftBehind: [] });
        break;
      case "failed":
        this.#outcome?.({ kind: "failed", failure: message.failure, hasImported: this.#hasImported });
        break;
      default:
        this.#options.onEvent?.(message);
        if (message.kind === "action-started") this.#output.callBegun();
    }
  }
}
