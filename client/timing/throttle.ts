import type { Disposable } from "../disposables.ts";

/** Milliseconds during which related changes are gathered. */
const GATHERING = 20;

/** Calls back soon after an event, at most once per interval; events in between share one call. */
export class Throttle implements Disposable {
  readonly #callback: () => void;
  readonly #interval: number;
  #timer: NodeJS.Timeout | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** @param interval minimum milliseconds between two calls. */
  constructor(callback: () => void, interval: number) {
    this.#callback = callback;
    this.#interval = interval;
  }

  soon(): void {
    // Timers have whole milliseconds and may fire one too early.
    const wait = Math.ceil(Math.max(GATHERING, this.#last + this.#interval - performance.now())) + 1;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#last = performance.now();
      this.#callback();
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
