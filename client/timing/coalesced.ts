import type { Disposable } from "../disposables.ts";

/** Milliseconds in which changes are gathered: more often than that nobody can see. */
const GATHERING = 80;

/** Calls back once for what happens within a moment. */
export class Coalesced implements Disposable {
  readonly #callback: () => void;
  readonly #delay: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(callback: () => void, delay = GATHERING) {
    this.#callback = callback;
    this.#delay = delay;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#callback();
    }, this.#delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
