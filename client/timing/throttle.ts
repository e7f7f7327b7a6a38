import type { Disposable } from "../disposables.ts";

/** Milliseconds in which changes that belong together are gathered. */
const GATHERING = 20;

/** Calls back soon after something has happened, and not more often than so; what happens in between is one call. */
export class Throttle implements Disposable {
  readonly #callback: () => void;
  readonly #interval: number;
  #timer: NodeJS.Timeout | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** @param interval milliseconds between two calls, at least. */
  constructor(callback: () => void, interval: number) {
    this.#callback = callback;
    this.#interval = interval;
  }

  soon(): void {
    // Timers count in whole milliseconds, and may be one of them early.
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
