/** So many ends in so many milliseconds are too many. */
const MOST_CRASHES = 4;
const CRASH_WINDOW = 3 * 60_000;

/** Decides whether a runner that ended by itself is worth another start. */
export class CrashLimit {
  readonly #now: () => number;
  #crashes: number[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** True when it may be started again. */
  crashed(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_WINDOW), now];
    return this.#crashes.length <= MOST_CRASHES;
  }

  /** A person has asked for a new start: what was is forgiven. */
  forget(): void {
    this.#crashes = [];
  }
}
