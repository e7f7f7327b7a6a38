/** A round trip through the thread pool costs about 0.15 ms: worth it if the disk takes much longer, ruinous if it does not. */
const SLOW_MS = 1;
/** Weight of the latest measurement. */
const WEIGHT = 1 / 8;

/**
 * Decides whether to wait for the disk in place or in the thread pool, based on how long recent waits took. A stall of the disk, even a
 * single one, moves waiting to the pool for a while, so that the event loop is not blocked twice in a row.
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
