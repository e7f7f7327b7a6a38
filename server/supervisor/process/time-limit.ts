/** The longest delay of a Node timer. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Calls back at no more than one time; setting it again replaces the previous one. */
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

  /** Like `set`, unless it is already set. */
  setOnce(milliseconds: number): void {
    if (this.#timer === undefined) this.set(milliseconds);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
