import { constants } from "node:os";
import { type EndingSignal, exitCodeOfSignal } from "./exit-code.ts";

/** Windows has SIGBREAK (Ctrl+Break) and no external SIGTERM; listening for it is harmless. */
const SIGNALS: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];

/**
 * Turns signals that end a program into a request to stop: the first one aborts `signal`, so that running actions are paused and saved; a
 * second one ends this process immediately, and the worker with it.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #listeners = new Map<EndingSignal, () => void>();
  #received: EndingSignal | undefined;

  /** `onFirst` may report that something is still being finished. */
  constructor(onFirst: (signal: EndingSignal) => void) {
    for (const name of SIGNALS) {
      if (!(name in constants.signals)) continue;
      const listener = () => {
        if (this.#received !== undefined) process.exit(exitCodeOfSignal(name));
        this.#received = name;
        onFirst(name);
        this.#controller.abort();
      };
      this.#listeners.set(name, listener);
      process.on(name, listener);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What a shell expects of a program stopped by a signal; `undefined` if there was none. */
  get exitCode(): number | undefined {
    return this.#received && exitCodeOfSignal(this.#received);
  }

  /** Restores the default behaviour of signals. */
  end(): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
  }
}
