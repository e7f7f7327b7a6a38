/** The longest time a Node timer can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** At most one moment at which something is called; setting it anew forgets the one before. */
export class TimeLimit {
  readonly #onReached: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onReached: () => void) {
    this.#onReached = onReached;
  }

  /** Milliseconds from now. */
  set(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onReached, Math.min(Math.max(0, milliseconds), LONGEST_TIMER));
  }

  /** As `set`, unless it is set already. */
  setOnce(milliseconds: number): void {
    if (this.#timer === undefined) this.set(milliseconds);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
