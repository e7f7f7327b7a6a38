import type { TaskStore } from "../../store/index.ts";

/**
 * Sleeps that a change of the store ends. A change between two sleeps ends the next one at once, so that nothing is missed while
 * the caller looks at what changed.
 */
export class StoreChanges {
  readonly #unwatch: () => void;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(store: Pick<TaskStore, "watch">) {
    this.#unwatch = store.watch(() => this.notify());
  }

  /** As if the store had changed. */
  notify(): void {
    this.#changed = true;
    this.#wake?.();
  }

  /** What has changed so far is known to the caller. */
  forget(): void {
    this.#changed = false;
  }

  /** Sleeps until the given epoch milliseconds at the latest (`null`: without an end), a change, or the signal. */
  async sleep(until: number | null, signal: AbortSignal): Promise<void> {
    if (!this.#changed && !signal.aborted) {
      const { promise, resolve } = withResolvers();
      // Without a timer, too, the process has to stay alive; and a long timer would be wrong after a change of the clock or a suspend.
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

/** Milliseconds between two looks at the clock during a sleep. */
const LONGEST_NAP = 30_000;
/** The longest time a timer can hold. */
const LONGEST_TIMER = 2 ** 31 - 1;

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = () => settle();
  });
  return { promise, resolve };
}
