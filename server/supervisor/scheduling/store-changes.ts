import type { TaskStore } from "../../store/index.ts";

/**
 * Sleeps that end when the store changes. A change between two sleeps ends the next one at once, so that nothing is missed while the caller
 * looks at the changes.
 */
export class StoreChanges {
  readonly #unwatch: () => void;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(store: Pick<TaskStore, "watch">) {
    this.#unwatch = store.watch(() => this.notify());
  }

  /** Behaves as if the store had changed. */
  notify(): void {
    this.#changed = true;
    this.#wake?.();
  }

  /** Discards changes so far: the caller knows them. */
  forget(): void {
    this.#changed = false;
  }

  /** Sleeps until the given time (epoch milliseconds; `null`: no limit), a change, or the signal. */
  async sleep(until: number | null, signal: AbortSignal): Promise<void> {
    if (!this.#changed && !signal.aborted) {
      const { promise, resolve } = withResolvers();
      // Keeps the process alive even without a limit; and a long timer would be wrong after a clock change or a suspend.
      const timer = setInterval(() => (until === null || Date.now() < until ? undefined : resolve()), LONGEST_NAP);
      const exact = until === null ? undefined : setTimeout(resolve, Math.min(until - Date.now(), LONGEST_TIMER));
      this.#wake = resolve;
      signal.addEventListener("abort", resolve, { once: true });
      await promise;
      signal.removeEventListener("abort", resolve);
      this.#wake = undefined;
      clearInterval(timer);
      clearTimeout(exact);
    }
    this.#changed = false;
  }

  close(): void {
    this.#unwatch();
  }
}

/** Milliseconds between two checks of the clock during a sleep. */
const LONGEST_NAP = 30_000;
/** The longest delay of a timer. */
const LONGEST_TIMER = 2 ** 31 - 1;

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = () => settle();
  });
  return { promise, resolve };
}
