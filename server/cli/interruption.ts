import { constants } from "node:os";
import { type EndingSignal, exitCodeOfSignal } from "./exit-code.ts";

/** Windows has SIGBREAK (Ctrl+Break) and no SIGTERM from outside; listening for what never comes does no harm. */
const SIGNALS: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];

/**
 * Turns the signals that end a program into a request to stop: the first one aborts `signal`, so that what is running is paused and
 * saved; a second one ends this process at once, and the worker with it.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #listeners = new Map<EndingSignal, () => void>();
  #received: EndingSignal | undefined;

  /** `onFirst` may tell people that something is still being finished. */
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

  /** What a shell expects of a program that was stopped by a signal; `undefined` when it was not. */
  get exitCode(): number | undefined {
    return this.#received && exitCodeOfSignal(this.#received);
  }

  /** Signals do again what they do by default. */
  end(): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
  }
}
