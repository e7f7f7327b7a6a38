/** After work, rest this many times as long, so that following busy files does not monopolize the machine. */
const REST_FACTOR = 2;
/** Milliseconds. */
const LEAST_REST = 25;

/** Does some work after each change: never concurrently, and once for all changes that arrive while it runs. */
export class ChangeLoop {
  readonly #work: () => Promise<void>;
  readonly #onDefect: (error: unknown) => void;
  #changed = false;
  /** Whether a caller is waiting for the result: there is no rest before the work then. */
  #isAwaited = false;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #wake: (() => void) | undefined;

  /** @param onDefect called if the work rejects, which it should not. */
  constructor(work: () => Promise<void>, onDefect: (error: unknown) => void) {
    this.#work = work;
    this.#onDefect = onDefect;
  }

  /** Something has changed. */
  notify(): void {
    this.#changed = true;
    if (!this.#isStopped) this.#running ??= this.#run();
  }

  /** Resolves when all changes so far have been processed. */
  async settled(): Promise<void> {
    this.#isAwaited = true;
    this.notify();
    this.#wake?.();
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#changed && !this.#isStopped) {
      this.#changed = false;
      this.#isAwaited = false;
      const startedAt = performance.now();
      await this.#work().catch(this.#onDefect);
      if (this.#changed && !this.#isAwaited) await this.#rest(Math.max(LEAST_REST, (performance.now() - startedAt) * REST_FACTOR));
    }
    this.#running = undefined;
  }

  #rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#wake = end;
    });
  }
}
