/** More than this many crashes within this many milliseconds are too many. */
const MOST_CRASHES = 4;
const CRASH_WINDOW = 3 * 60_000;

/** Decides whether to restart a runner that has crashed. */
export class CrashLimit {
  readonly #now: () => number;
  #crashes: number[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Records a crash; returns true if the runner may be restarted. */
  crashed(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_WINDOW), now];
    return this.#crashes.length <= MOST_CRASHES;
  }

  /** Forgets earlier crashes, because the user has requested a restart. */
  forget(): void {
    this.#crashes = [];
  }
}
