/** A hop through the thread pool costs about 0.15 ms. Worth it when the disk takes much longer, ruinous when it does not. */
const SLOW_MS = 1;
/** Weight of the newest measurement. */
const WEIGHT = 1 / 8;

/**
 * Decides whether to wait for the disk in place or through the thread pool, from how long the last waits took. A stalled disk, even
 * a single stall, moves the waiting to the pool for a while, so that the event loop is not held up twice in a row.
 */
export class DiskPace {
  #averageMs = 0;

  get inPlace(): boolean {
    return this.#averageMs < SLOW_MS;
  }

  observe(milliseconds: number): void {
    this.#averageMs += (milliseconds - this.#averageMs) * WEIGHT;
  }
}
