import type { Deadline } from "../../authoring/index.ts";
import type { Clock } from "../service-options.ts";

/** The longest delay a timer can take, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Why a task was asked to stop before its deadline. */
export type StopReason = "tick-cancelled" | "task-cancelled" | "task-paused";

/**
 * The deadline for the actions of one task in one tick: the tick's end time, or an earlier stop. The signal and its timer are only created
 * on demand, since most actions just check the clock.
 */
export class TaskDeadline implements Deadline {
  readonly #endTime: number;
  readonly #clock: Clock;
  readonly #reasonAtEnd: () => DOMException;
  #stopped: StopReason | undefined;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `endTime` in epoch milliseconds. @param reasonAtEnd the signal's reason once it is reached. */
  constructor(endTime: number, clock: Clock, reasonAtEnd = () => new DOMException("The deadline was reached.", "AbortError")) {
    this.#endTime = endTime;
    this.#clock = clock;
    this.#reasonAtEnd = reasonAtEnd;
  }

  get endTime(): number {
    return this.#endTime;
  }

  get stopReason(): StopReason | undefined {
    return this.#stopped;
  }

  remaining(): number {
    return this.#stopped ? 0 : Math.max(0, this.endTime - this.#clock.now());
  }

  isReached(): boolean {
    return this.#stopped !== undefined || this.#clock.now() >= this.endTime;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.isReached()) this.#abort();
      else this.#startTimer();
    }
    return this.#controller.signal;
  }

  /** Asks the running action to stop now. The first reason is kept. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#abort();
  }

  /** True if a thrown value was caused by our own signal, passed by the author to something that rejects when it aborts. */
  explains(thrown: unknown): boolean {
    const signal = this.#controller?.signal;
    return signal?.aborted === true && isAbort(thrown, signal.reason);
  }

  /** The task was left: the signal no longer aborts. */
  dispose(): void {
    clearTimeout(this.#timer);
  }

  #startTimer(): void {
    this.#timer = setTimeout(() => (this.remaining() > 0 ? this.#startTimer() : this.#abort()), Math.min(this.remaining(), LONGEST_TIMER));
  }

  #abort(): void {
    clearTimeout(this.#timer);
    this.#controller?.abort(this.#stopped ? new DOMException(`Stopped: ${this.#stopped}.`, "AbortError") : this.#reasonAtEnd());
  }
}

/** Follows causes a few steps: libraries wrap the reason of an abort in their own errors. */
function isAbort(thrown: unknown, reason: unknown, depth = 5): boolean {
  if (thrown === reason) return true;
  if (depth === 0 || !(thrown instanceof Error)) return false;
  return thrown.name === "AbortError" || isAbort(thrown.cause, reason, depth - 1);
}

/** The deadline under a debugger: it never comes closer, and is only reached when the task is stopped. */
export class SuspendedDeadline extends TaskDeadline {
  readonly #budget: number;
  readonly #now: () => number;

  /** `budget` in milliseconds. */
  constructor(budget: number, clock: Clock) {
    super(Number.POSITIVE_INFINITY, clock);
    this.#budget = budget;
    this.#now = () => clock.now();
  }

  override get endTime(): number {
    return this.#now() + this.remaining();
  }

  override remaining(): number {
    return this.stopReason ? 0 : this.#budget;
  }
}
