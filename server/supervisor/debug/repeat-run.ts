import type { FailedAttempt, RepeatedCall } from "../../service/index.ts";
import { causeOfDeath } from "../process/cause-of-death.ts";
import { type EarlyEnd, JobRun } from "../process/job-run.ts";
import type { Settings } from "../settings.ts";
import { neverBegan, neverDebugged } from "../unusable-file.ts";
import type { UserSources } from "../user-sources.ts";
import { failureFrom } from "../worker-failure.ts";
import { DEBUGGER_TIME, debuggedWorker, type TickDebugging } from "./tick-debugging.ts";

/** How a failed attempt is debugged. */
export interface RepeatDebugging extends TickDebugging {
  /** Resolves when the debugger knows where to stop; no task file is loaded before. */
  readonly begin: Promise<unknown>;
}

export interface RepeatOptions {
  readonly debugging: RepeatDebugging;
  /** Milliseconds that the deadline always has left. Default: the maximum duration of a tick. */
  readonly maxExecutionTimeMs?: number;
}

/** `stopped`: the debugger ended, or did not attach, before the call had ended. */
export type RepeatResult = RepeatedCall | { readonly outcome: "stopped" };

/**
 * Repeats a failed call under a debugger. Takes no mutex and stores nothing, so that a tick may run at the same time. Its output goes to
 * the debugger.
 */
export class RepeatRun {
  readonly #settings: Settings;
  readonly #attempt: FailedAttempt;
  readonly #job: JobRun;
  #hasLoaded = false;

  constructor(settings: Settings, sources: UserSources, attempt: FailedAttempt, options: RepeatOptions) {
    this.#settings = settings;
    this.#attempt = attempt;
    const { task, call } = attempt;
    const { debugging, maxExecutionTimeMs = settings.maxExecutionTime } = options;
    this.#job = new JobRun({
      settings,
      sources,
      job: { kind: "repeat", task, call, maxExecutionTime: maxExecutionTimeMs },
      unusableFiles: [],
      startWorker: debuggedWorker(debugging),
      begin: debugging.begin,
      beginLimit: DEBUGGER_TIME,
      onLoaded: () => {
        this.#hasLoaded = true;
      },
      onOutput: () => {},
    });
    debugging.gone.addEventListener("abort", () => this.stop(), { once: true });
  }

  stop(): void {
    void this.#job.end("interrupted");
  }

  /** @throws InputError, StoreError; WorkerError if the call was never made. */
  async run(): Promise<RepeatResult> {
    const ending = await this.#job.ending;
    switch (ending.kind) {
      case "completed":
        if (ending.result.kind !== "repeated") throw new TypeError(`A repeated call cannot end with ${ending.result.kind}.`);
        return ending.result.call;
      case "failed":
        throw failureFrom(ending.failure);
      case "ended":
        return this.#afterEarlyEnd(ending);
    }
  }

  #afterEarlyEnd(ending: EarlyEnd): RepeatResult {
    if (ending.reason === "not-begun" || ending.end.startError) throw neverDebugged(ending, this.#settings);
    if (!ending.end.lastWords) return { outcome: "stopped" };
    if (!this.#hasLoaded) throw neverBegan(ending, this.#settings);
    return { outcome: "failed", error: causeOfDeath(ending.end, this.#doing) };
  }

  get #doing(): string {
    const { task, call } = this.#attempt;
    const action = call.method === "getNextAction" ? undefined : task.actions.find(({ id }) => id === call.action);
    return `${action?.class ?? task.class}.${call.method}`;
  }
}
